import type { Locale } from "../../src/reply/locale.ts";
import type { Words } from "../../src/reply/words.ts";
import { createBrain, type ExplainingBrain } from "../../src/turn/brain.ts";
import type { Incoming, Talk } from "../../src/turn/talk.ts";

let loading: Promise<ExplainingBrain> | undefined;

/** The desk as it is served, loaded once per test file. */
export function theBrain(): Promise<ExplainingBrain> {
  loading ??= createBrain({ publicUrl: "https://desk.example" });
  return loading;
}

export interface Reply {
  talk: Talk;
  locale: Locale;
  words: Words;
  text: string;
}

/** One turn; the talk goes through JSON before and after, as between two processes. */
export function turn(brain: ExplainingBrain, operator: string, talk: Talk, incoming: Incoming): Reply {
  const outcome = brain.respond(operator, throughJson(talk), incoming);
  const [first] = outcome.messages;
  if (!first) throw new Error("the bot said nothing");
  return {
    talk: throughJson(outcome.talk),
    locale: first.locale,
    words: throughJson(first.words),
    text: outcome.messages.map((m) => m.text).join("\n\n"),
  };
}

/** The first reply to a question in a fresh talk. */
export function ask(brain: ExplainingBrain, operator: string, locale: Locale, text: string): Reply {
  return turn(brain, operator, { locale }, { text });
}

const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
