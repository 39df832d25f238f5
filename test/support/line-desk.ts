import type { Website } from "../../src/app.ts";
import { suffixOf } from "../../src/config.ts";
import type { Brain, Incoming, Outcome } from "../../src/turn/talk.ts";
import { MONDAY } from "./brain.ts";
import { openDesk, type TestDesk } from "./desk.ts";
import { deliver, LinePlatform, userOf, visible, webhook } from "./line-platform.ts";
import { heldBy, type OpenTalk, overhear } from "./talk-desk.ts";
import { until } from "./until.ts";

/** A desk whose operators are all on LINE, with the platform's stand-in, on a clock that is moved by hand. */
export interface LineDesk {
  line: LinePlatform;
  desk: TestDesk;
  open: OpenTalk;
  /** The customer of the chat that was opened last. */
  user(): string;
  clock: { at: number };
  close(): Promise<void>;
}

/** One chat after the other: the brain is listened to. */
export async function lineDesk(
  brain: Brain,
  dataDir: string,
  { website, mailing }: { website?: Website; mailing?: Brain } = {},
): Promise<LineDesk> {
  const line = await LinePlatform.open();
  const overheard = overhear(brain, mailing);
  const clock = { at: MONDAY, now: () => clock.at };
  const accounts = brain.operators.map((operator) => line.env(suffixOf(operator)));
  const env = Object.assign({ LOG_LEVEL: "error" }, ...accounts) as Record<string, string>;
  const desk = await openDesk({
    mails: mailing !== undefined,
    dataDir,
    env,
    clock,
    brain: overheard.brain,
    ...(website ? { website } : {}),
  });
  let users = 0;
  return {
    clock,
    user: () => userOf(users),
    line,
    desk,
    open({ operator, locale, mail = false }) {
      clock.at = MONDAY;
      overheard.mail = mail;
      overheard.changes.length = 0;
      let user = "";
      const begin = () => {
        users += 1;
        user = userOf(users);
        line.languages.set(user, locale);
        overheard.last = undefined;
      };
      begin();
      return {
        begin,
        pass(ms) {
          clock.at += ms;
        },
        async say(incoming) {
          const before = line.of(user).length;
          overheard.last = undefined;
          const event = eventOf(line, user, incoming);
          const { status } = await deliver(desk.url, webhook([event]), undefined, `/line/${operator}`);
          if (status !== 200) throw new Error(`webhook: ${status}`);
          await until(
            () => overheard.last !== undefined && line.of(user).length > before,
            20_000,
            "an answer",
          );
          const { messages } = (overheard.last as Outcome | undefined) ?? { messages: [] };
          const shown = visible(line.of(user).slice(before));
          // What stands behind a button is read, too: the whole text is one tap away.
          return { messages: messages.map((m) => ({ ...m, text: `${m.text}\n\n${shown}` })) };
        },
        held: () => heldBy(overheard.last?.talk, overheard.changes),
        changes: overheard.changes,
      };
    },
    async close() {
      await desk.stop();
      await line.close();
    },
  };
}

function eventOf(line: LinePlatform, user: string, { text, command, files }: Incoming) {
  if (files) return line.event("message", user, { message: { type: "image", id: `7${Date.now()}` } });
  return command === undefined ? line.text(user, text ?? "") : line.pressed(user, `c=${command}`);
}
