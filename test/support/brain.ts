import type { Locale } from "../../src/reply/locale.ts";
import type { Words } from "../../src/reply/words.ts";
import { type Alone, alone } from "../../src/turn/alone.ts";
import { createBrain, type ExplainingBrain } from "../../src/turn/brain.ts";
import type { Incoming, Talk } from "../../src/turn/talk.ts";
import { theContent } from "./lessons.ts";

let loading: Promise<ExplainingBrain> | undefined;
let mailing: Promise<ExplainingBrain> | undefined;

/** The desk as it is served where no mail is set up, loaded once for all tests of a process. */
export function theBrain(): Promise<ExplainingBrain> {
  loading ??= createBrain({ publicUrl: "https://desk.example", content: theContent() });
  return loading;
}

/** The same with mail. */
export function theMailingBrain(): Promise<ExplainingBrain> {
  mailing ??= createBrain({ publicUrl: "https://desk.example", content: theContent(), mails: true });
  return mailing;
}

export interface Reply {
  talk: Talk;
  locale: Locale;
  words: Words;
  text: string;
}

/** One turn; the talk goes through JSON before and after, as between two processes. */
export async function turn(
  brain: ExplainingBrain,
  operator: string,
  talk: Talk,
  incoming: Incoming,
  desk: Alone = deskOf(brain),
): Promise<Reply> {
  const outcome = await desk.respond(operator, throughJson(talk), incoming);
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
export function ask(brain: ExplainingBrain, operator: string, locale: Locale, text: string): Promise<Reply> {
  return turn(brain, operator, { locale }, { text });
}

/** A desk without a database on a Monday in Japan, whose codes follow from its number. */
export function deskOf(brain: ExplainingBrain, now = () => MONDAY): Alone {
  return alone(brain, { now, random: seeded(1) });
}

/** 2026-11-16 10:00 in Japan. */
export const MONDAY = Date.UTC(2026, 10, 16, 1);

/** Bytes that follow from a seed. */
export function seeded(seed: number): (bytes: number) => Uint8Array {
  let state = seed;
  return (bytes) =>
    Uint8Array.from({ length: bytes }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    });
}

const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
