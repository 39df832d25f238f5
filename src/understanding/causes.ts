import type { Locale } from "../reply/locale.ts";
import { normalize } from "./normalize.ts";

/** Phrases by what they are a sign of, as `content/offers.yaml` has them. */
export type CausePhrases = ReadonlyMap<string, Readonly<Record<Locale, readonly string[]>>>;

/**
 * Finds in a message what it is a sign of ("anger", "leak", ...), the first in the order of the phrases. A phrase of
 * Japanese is found anywhere; one of English begins and ends with a word. What it finds only offers something.
 */
export function createCauses(phrases: CausePhrases): (text: string) => string | undefined {
  const known = [...phrases].map(([cause, { ja, en }]) => ({
    cause,
    ja: ja.map(normalize),
    en: en.map((phrase) => ` ${words(phrase)} `),
  }));
  return (text) => {
    const plain = normalize(text);
    const spaced = ` ${words(plain)} `;
    return known.find(
      ({ ja, en }) =>
        ja.some((phrase) => plain.includes(phrase)) || en.some((phrase) => spaced.includes(phrase)),
    )?.cause;
  };
}

/** Words with one space between them, without punctuation. */
function words(text: string): string {
  return normalize(text)
    .replace(/'/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
