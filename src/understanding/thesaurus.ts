import type { Locale } from "../reply/locale.ts";
import { hiragana } from "./japanese/sound.ts";

/** Words of one field of meaning ("share": disclose, provide, sell, ...), as `content/thesaurus.yaml` lists them. */
export interface Kin {
  id: string;
  words: Readonly<Record<Locale, readonly string[]>>;
}

/**
 * Finds the fields of meaning that a text touches, once for each time it does. A question and the clause that answers
 * it seldom use one word for sharing, a choice or a purpose; an index over these fields brings them together.
 */
export interface Thesaurus {
  japanese(text: string): string[];
  english(stems: readonly string[]): string[];
}

/** Needles by what they begin with, so that a text is passed through once. */
function byFirst<T extends string | readonly string[]>(
  entries: readonly { id: string; needle: T }[],
): ReadonlyMap<string, readonly { id: string; needle: T }[]> {
  const out = new Map<string, { id: string; needle: T }[]>();
  for (const e of entries) {
    const first = e.needle[0];
    if (first === undefined) continue;
    const list = out.get(first);
    if (list) list.push(e);
    else out.set(first, [e]);
  }
  return out;
}

/** `stemsOf` gives an English phrase's stems. */
export function thesaurusOf(kin: readonly Kin[], stemsOf: (phrase: string) => string[]): Thesaurus {
  const ja = byFirst(
    kin.flatMap(({ id, words }) => words.ja.map((w) => ({ id, needle: hiragana(w.toLowerCase()) }))),
  );
  const en = byFirst(kin.flatMap(({ id, words }) => words.en.map((w) => ({ id, needle: stemsOf(w) }))));
  return {
    japanese(text) {
      const plain = hiragana(text);
      const found: string[] = [];
      for (let i = 0; i < plain.length; i++) {
        for (const { id, needle } of ja.get(plain[i] ?? "") ?? [])
          if (plain.startsWith(needle, i)) found.push(id);
      }
      return found;
    },
    english(stems) {
      const found: string[] = [];
      for (const [i, first] of stems.entries()) {
        for (const { id, needle } of en.get(first) ?? []) {
          if (needle.every((w, k) => stems[i + k] === w)) found.push(id);
        }
      }
      return found;
    },
  };
}
