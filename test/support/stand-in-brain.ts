import { LOCALES, localeOf } from "../../src/reply/locale.ts";
import type { Message } from "../../src/reply/message.ts";
import type { Brain } from "../../src/turn/talk.ts";

/**
 * A brain that says back what it hears and cites one clause when asked for recordings: for tests of
 * everything around the real one. `fails` makes it throw on the messages for which it is true.
 */
export function standInBrain(
  options: { operators?: string[]; fails?(text: string): boolean; chatDays?: number } = {},
): Brain {
  const operators = options.operators ?? ["sakura-internet", "jcom"];
  const say = (text: string): Message => ({ locale: "ja", text, choices: [], words: { kind: "notice" } });
  return {
    operators,
    contacts: new Set(["0399990000"]),
    retention: () => ({ chatDays: options.chatDays ?? 90, requestYears: 3, draftDays: 7 }),
    open(operator, incoming) {
      const locale = localeOf(incoming.locale) ?? LOCALES[0];
      const choices = [{ title: "録音について", command: "topic:call-recording" }];
      return { talk: { locale }, messages: [{ ...say(`greeting ${operator}`), locale, choices }] };
    },
    respond(operator, talk, incoming) {
      const heard = incoming.text ?? incoming.command ?? "";
      if (options.fails?.(heard)) throw new Error(`cannot: ${heard}`);
      const misses = (talk.misses ?? 0) + 1;
      const said: Message = { ...say(`#${misses} ${heard}`), locale: talk.locale };
      if (heard.includes("録音")) {
        const citation = {
          clause: "call-recording",
          operator,
          title: "通話の録音",
          heading: "11. 通話の録音について",
          date: "2024-04-01",
          url: `http://127.0.0.1/policy/${operator}#call-recording`,
        };
        said.words = { kind: "answer", clauses: [citation.clause], citations: [citation], score: 1 };
      }
      return { talk: { ...talk, misses }, messages: [said] };
    },
  };
}
