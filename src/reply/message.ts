import type { Locale } from "./locale.ts";
import type { Words } from "./words.ts";

/** A button or suggested action. Sending its `title` or its `command` as text does the same. */
export interface Choice {
  title: string;
  /** `verb:argument`, see `understanding/command.ts`. */
  command: string;
}

/**
 * A stretch of a reply's text. `short` is the direct answer, `full` the whole clause, `law` what the law adds,
 * `source` where the answer stands, `note` what else must be told, `question` the open question of a form without its
 * number, `table` the answers of a form as lines of label and value, `receipt` the paper to keep, `plain` anything that
 * is not told apart.
 */
export interface Section {
  role: "short" | "full" | "law" | "source" | "note" | "question" | "table" | "receipt" | "plain";
  text: string;
}

/** A rendered reply, ready for a channel to present. */
export interface Message {
  locale: Locale;
  /** Plain text, lines separated by "\n"; no markup. */
  text: string;
  /** `text` again, told apart, a list for each of its parts: for clients that show the rest on demand. */
  sections?: Section[][];
  choices: Choice[];
  words: Words;
}
