import type { Locale } from "../reply/locale.ts";
import type { Intents } from "../understanding/intents.ts";
import { type Written, writtenIn } from "../understanding/language.ts";
import type { Reader } from "../understanding/reader.ts";
import type { Heard } from "../understanding/sign-features.ts";

/** What is heard, each thing once: a turn comes back to its words, and every turn to the titles of topics. */
export interface Hearing {
  /** A turn begins: what the last one heard is forgotten. */
  begin: () => void;
  /** Words in one language. */
  words: (text: string, locale: Locale) => Heard;
  /** A topic's title by itself. There are few, and every message that leans on an answer needs some. */
  title: (title: string, locale: Locale) => Heard;
  /** The language that words are written in, where a talk is in `current`. */
  written: (text: string, current: Locale) => Written;
}

export function createHearing(
  reader: Pick<Reader, "read" | "knowsEnglish">,
  intents: Pick<Intents, "of">,
): Hearing {
  const inTurn = new Map<string, Heard>();
  const titles = new Map<string, Heard>();
  const keyOf = (text: string, locale: Locale) => `${locale} ${text}`;

  const words: Hearing["words"] = (text, locale) => {
    const key = keyOf(text, locale);
    const known = inTurn.get(key);
    if (known) return known;
    const reading = reader.read(text, locale);
    const heard = { reading, intents: intents.of(reading) };
    inTurn.set(key, heard);
    return heard;
  };

  return {
    words,
    begin: () => inTurn.clear(),
    title(title, locale) {
      const key = keyOf(title, locale);
      const heard = titles.get(key) ?? words(title, locale);
      titles.set(key, heard);
      return heard;
    },
    written: (text, current) => writtenIn(text, current, (word) => reader.knowsEnglish(word)),
  };
}
