import { setTimeout as sleep } from "node:timers/promises";
import type { Brain } from "../../src/turn/talk.ts";
import { MONDAY } from "./brain.ts";
import { Chat, call, type Granted, type Shown } from "./client.ts";
import { openDesk, type TestDesk } from "./desk.ts";
import { heldBy, type OpenTalk, overhear, type Told } from "./talk-desk.ts";

/** A desk on the website, on a clock that is moved by hand. */
export interface DirectLineDesk {
  desk: TestDesk;
  open: OpenTalk;
  close(): Promise<void>;
}

/** One chat after the other: the brain is listened to for what forms hold. What was said comes by Direct Line. */
export async function directLineDesk(
  brain: Brain,
  dataDir: string,
  mailing?: Brain,
): Promise<DirectLineDesk> {
  const overheard = overhear(brain, mailing);
  const clock = { at: MONDAY, now: () => clock.at };
  const env = { LOG_LEVEL: "error", TRUSTED_PROXIES: "127.0.0.1" };
  const desk = await openDesk({ dataDir, env, clock, brain: overheard.brain, mails: mailing !== undefined });
  const { publicUrl } = desk.config;
  let visitors = 0;
  return {
    desk,
    async open({ operator, locale, mail = false }) {
      clock.at = MONDAY;
      overheard.mail = mail;
      overheard.changes.length = 0;
      let chat: Chat | undefined;
      let resume: string | undefined;
      let watermark = "";
      const enter = async () => {
        visitors += 1;
        const from = `10.${visitors >> 16}.${(visitors >> 8) & 255}.${visitors & 255}`;
        const { status, body } = await call<Granted & { resume: string }>(
          `${desk.url}/widget/${operator}/token`,
          {
            json: resume === undefined ? {} : { resume },
            headers: { Origin: new URL(publicUrl).origin, "X-Forwarded-For": from },
          },
        );
        if (status === 403 && resume !== undefined) return undefined;
        if (status !== 200) throw new Error(`token: ${status}`);
        chat = new Chat(desk.url, body);
        resume = body.resume;
        return chat;
      };
      const read = async () => {
        await sleep(20);
        const { status, body } = await (chat as Chat).read(watermark);
        // Asked too often, on a machine that is slow today.
        if (status === 429) return [];
        watermark = body.watermark;
        return body.activities;
      };
      const begin = async () => {
        resume = undefined;
        watermark = "";
        overheard.last = undefined;
        await (await enter())?.start(locale);
        while (!(await read()).some(({ from }) => from.role === "bot"));
      };
      await begin();
      return {
        begin,
        async pass(ms) {
          clock.at += ms;
          // After a week there is no way back into a chat: the next one begins.
          if (!(await enter())) await begin();
        },
        async say({ text, command, files }) {
          overheard.last = undefined;
          const { status, body } = await (chat as Chat).post({
            type: "message",
            ...(text === undefined ? {} : { text }),
            ...(command === undefined ? {} : { value: { command } }),
            ...(files ? { attachments: [{ contentType: "image/png", contentUrl: "blob:x" }] } : {}),
          });
          if (status !== 200) throw new Error(`post: ${status}`);
          for (;;) {
            // What is said after a deletion answers nothing that is still there.
            const said = (await read()).filter(
              ({ from, replyToId }) =>
                from.role === "bot" && (replyToId === body.id || replyToId === undefined),
            );
            if (said.length > 0) return { messages: said.map(toldOf) };
          }
        },
        held: () => heldBy(overheard.last?.talk, overheard.changes),
        changes: overheard.changes,
      };
    },
    close: () => desk.stop(),
  };
}

function toldOf(shown: Shown): Told {
  const { text = "", locale, channelData } = shown as Shown & { locale: Told["locale"] };
  return { text, locale, words: channelData?.madoguchi as unknown as Told["words"] };
}
