import { analyzeEnglish } from "./english/analyzer.ts";

/** English words as they were seen in texts that we know, normalized, with how often. */
export type KnownWords = ReadonlyMap<string, number>;

/** The words of these texts. Takes as long as reading each of them: about a second for the examples. */
export function wordsOf(texts: readonly string[]): KnownWords {
  const count = new Map<string, number>();
  for (const text of texts) {
    for (const t of analyzeEnglish(text).tokens) count.set(t.surface, (count.get(t.surface) ?? 0) + 1);
  }
  return count;
}
