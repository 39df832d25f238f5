import type { Form } from "../../dialog/form/form.ts";
import type { Procedures } from "../../dialog/procedures.ts";
import type { Renderer } from "../../reply/render.ts";
import type { Said } from "../../reply/said.ts";
import type { Texts } from "../../reply/texts.ts";
import type { RequestType } from "../../requests/request-type.ts";
import type { Command, FormWord } from "../../understanding/command.ts";
import type { Written } from "../../understanding/language.ts";
import type { Talk } from "../talk.ts";
import type { Signs } from "./upset.ts";

/** What a message of free words may mean. */
export interface Understood {
  /** The language that it is written in. */
  written: Written;
  /** What would be said to it, and how sure that is, 0..1; neither for another language. */
  said?: Said[];
  sure?: number;
}

/** What a conversation is given: forms, words and understanding, and what words replies. */
export interface ConversationOptions {
  forms: Readonly<Record<RequestType, Form>>;
  /** All that runs forms, loaded with the first of them. */
  procedures: () => Promise<Procedures>;
  /** What a short message does to an open form. */
  words: (text: string) => FormWord | undefined;
  /** A command that was typed. */
  typed: (text: string) => Command | undefined;
  /** Mail is set up. */
  mails: boolean;
  understand: (operator: string, text: string, talk: Talk) => Understood;
  renderer: Renderer;
  texts: Texts;
  /** Where this desk's pages are, without a slash at its end; none where it has no pages. */
  pagesUrl?: string;
  /** None where nothing is known of signs. */
  signs?: Signs;
}
