import type { Form } from "../../dialog/form/form.ts";
import type { Procedures } from "../../dialog/procedures.ts";
import type { Locale } from "../../reply/locale.ts";
import type { Cause, Said } from "../../reply/said.ts";
import type { Speaker } from "../../reply/speaker.ts";
import type { RequestType } from "../../requests/request-type.ts";
import type { Command, FormWord, OwnCommand } from "../../understanding/command.ts";
import type { Outcome, Talk } from "../talk.ts";
import type { Seat } from "./seat.ts";

/** What a message of free words may mean. */
export interface Understood {
  /** The language that it is written in. */
  written: Locale | "other";
  /** What would be said to it, and how sure that is, 0..1; neither for another language. */
  said?: Said[];
  sure?: number;
}

/** What a conversation is given: forms, words, understanding, and how what is said becomes an outcome. */
export interface ConversationOptions {
  forms: Readonly<Record<RequestType, Form>>;
  /** All that runs forms, loaded with the first of them. */
  procedures: () => Promise<Procedures>;
  /** What a short message does to an open form. */
  words: (text: string) => FormWord | undefined;
  /** A button's title or number, or a command that was typed. */
  command: (talk: Talk, text: string) => Command | undefined;
  run: (
    command: Exclude<Command, OwnCommand>,
    talk: Talk,
    speaker: Speaker,
  ) => { said: Said[]; locale: Locale };
  /** Mail is set up. */
  mails: boolean;
  understand: (operator: string, text: string, talk: Talk) => Understood;
  /** Where this desk's pages are, without a slash at its end; none where it has no pages. */
  pagesUrl?: string;
  outcome: (seat: Seat, before: Talk, said: Said[], locale: Locale) => Outcome;
  /** What words are a sign of, if of anything. */
  signs?: (text: string, locale: Locale) => Cause | undefined;
}
