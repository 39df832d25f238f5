import type { TFunction } from "i18next";
import type { Locale } from "../locale.ts";
import type { Choice, Section } from "../message.ts";
import type { Speaker, SpokenClause } from "../speaker.ts";
import type { Part } from "../words.ts";

/** One thing said: its text, the buttons it offers, and its words for programs. */
export interface Piece {
  text: string;
  /** Where the text can be told apart. */
  sections?: Section[];
  choices: Choice[];
  part: Part;
}

/** Who speaks, in which language, from where. */
export interface Voice {
  t: TFunction;
  locale: Locale;
  speaker: Speaker;
  /** Public address of this server, without a slash at its end. */
  publicUrl: string;
  /** The line that says where a clause stands. */
  source(clause: SpokenClause): string;
}

/** Buttons that lead to clauses; ids that the operator does not have are left out. */
export function clauseChoices(voice: Voice, ids: readonly string[]): Choice[] {
  return ids.flatMap((id) => {
    const clause = voice.speaker.clause(id);
    return clause ? [{ title: clause.text[voice.locale].title, command: `clause:${id}` }] : [];
  });
}
