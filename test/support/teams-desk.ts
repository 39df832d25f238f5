import type { Brain } from "../../src/turn/talk.ts";
import { BotService, Person } from "./bot-service.ts";
import { MONDAY } from "./brain.ts";
import { openDesk, type TestDesk } from "./desk.ts";
import { heldBy, type OpenTalk, overhear } from "./talk-desk.ts";
import { until } from "./until.ts";

/** A desk for all operators in Teams, each of a tenant of its own, on a clock that is moved by hand. */
export interface TeamsDesk {
  service: BotService;
  desk: TestDesk;
  open: OpenTalk;
  close(): Promise<void>;
}

/** One chat after the other: the brain is listened to. */
export async function teamsDesk(brain: Brain, dataDir: string, mailing?: Brain): Promise<TeamsDesk> {
  const clock = { at: MONDAY, now: () => clock.at };
  const service = await BotService.open(clock.now);
  const overheard = overhear(brain, mailing);
  const TEAMS_OPERATOR = brain.operators.map((operator) => `${operator}=${operator}`).join(",");
  const env = { ...service.env(), LOG_LEVEL: "error", TEAMS_OPERATOR };
  const desk = await openDesk({ dataDir, env, clock, brain: overheard.brain, mails: mailing !== undefined });
  return {
    service,
    desk,
    open({ operator, locale, mail = false }) {
      overheard.mail = mail;
      clock.at = MONDAY;
      overheard.changes.length = 0;
      let person = begun();
      function begun(): Person {
        overheard.last = undefined;
        return new Person(service, desk.url, { locale, channelData: { tenant: { id: operator } } });
      }
      return {
        begin() {
          person = begun();
        },
        pass(ms) {
          clock.at += ms;
        },
        async say({ text, command, files, shared }) {
          const before = person.heard();
          overheard.last = undefined;
          const fields = {
            ...(shared ? { conversation: { id: person.conversation, conversationType: "channel" } } : {}),
            ...(files
              ? { attachments: [{ contentType: "image/png", contentUrl: "http://127.0.0.1:1/" }] }
              : {}),
          };
          const replyToId = before.at(-1)?.id ?? "theirs-0";
          const { status } =
            command === undefined
              ? await person.post({ ...fields, text: inTeams(text) })
              : await person.press({ madoguchi: { c: command } }, { ...fields, replyToId });
          if (status !== 200) throw new Error(`activity: ${status}`);
          await until(() => overheard.last !== undefined, 20_000, "a turn");
          const messages = (overheard.last as ReturnType<typeof overhear>["last"])?.messages ?? [];
          // The first message is greeted, too.
          const coming = before.length + messages.length + (before.length === 0 ? 1 : 0);
          await until(() => person.heard().length >= coming, 20_000, "an answer");
          const shown = person.heard().slice(before.length).map(Person.words).join("\n");
          // What stands behind a fold or a link is read, too.
          return { messages: messages.map((m) => ({ ...m, text: `${m.text}\n\n${shown}` })) };
        },
        held: () => heldBy(overheard.last?.talk, overheard.changes),
        changes: overheard.changes,
      };
    },
    async close() {
      await desk.stop();
      await service.close();
    },
  };
}

/** Teams has the words as HTML, and calls the bot by its name where others read along. */
function inTeams(text: string | undefined): string | undefined {
  return text?.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
