import type { Locale, Localized } from "../reply/locale.ts";

/** Texts, nested; places for values are `{{name}}`. */
export interface ConsoleWords {
  readonly [key: string]: string | ConsoleWords;
}

/** What the server puts into the page of the console for its script to read. */
export interface Shell {
  words: Readonly<Record<Locale, ConsoleWords>>;
  /** False: reached by http from elsewhere, where no cookie is safe; nobody can sign in. */
  served: boolean;
  /** What lists can be narrowed to, with their titles. */
  states: readonly { id: string; title: Localized }[];
  types: readonly { id: string; title: Localized }[];
  topics: readonly { id: string; title: Localized }[];
  /** A session without a request is over after this long, in milliseconds. */
  idleMs: number;
}
