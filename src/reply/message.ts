import type { Locale } from "./locale.ts";
import type { Words } from "./words.ts";

/** A button or suggested action. Sending its `title` or its `command` as text does the same. */
export interface Choice {
  title: string;
  /** `verb:argument`, see `understanding/command.ts`. */
  command: string;
}

/** A rendered reply, ready for a channel to present. */
export interface Message {
  locale: Locale;
  /** Plain text, lines separated by "\n"; no markup. */
  text: string;
  choices: Choice[];
  words: Words;
}
