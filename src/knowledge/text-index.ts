import type { Locale } from "../reply/locale.ts";
import type { Terms } from "../understanding/terms.ts";
import { type Bm25, bm25 } from "./bm25.ts";

/** A text as parts that count differently: a title's words more than a paragraph's. */
export type Parts = readonly { terms: Terms; weight: number }[];

/** Scores texts by what they share with a question: BM25 over each kind of terms, added up by the kind's weight. */
export interface TextIndex {
  /** Score per text, by its place among those given; 0 for a text that shares nothing. */
  score(question: Terms): Float64Array;
  /** How much of the question's words, by their rarity, the text at that place holds; 0..1. */
  share(question: Terms, text: number): number;
}

type Kind = keyof Terms;

/**
 * What each kind weighs. Found on public questions over encyclopedia articles (Japanese) and website policies (English),
 * with the parts that are reported in sight; the Japanese ones were then lowered until our held-out talks lost nothing.
 */
const WEIGHTS: Readonly<Record<Locale, Readonly<Record<Kind, number>>>> = {
  ja: { words: 1, sounds: 0.5, pairs: 0.3, grams: 0.15, kin: 0.1 },
  en: { words: 1, sounds: 0, pairs: 0, grams: 0, kin: 2 },
};
const KINDS: readonly Kind[] = ["words", "sounds", "pairs", "grams", "kin"];

export function textIndex(texts: readonly Parts[], locale: Locale): TextIndex {
  const weights = WEIGHTS[locale];
  const over = (kind: Kind): Bm25 =>
    bm25(
      texts.map((parts) =>
        parts.flatMap(({ terms, weight }) => terms[kind].map((term) => ({ term, weight }))),
      ),
    );
  const words = over("words");
  const indexes = KINDS.filter((k) => weights[k] > 0).map((kind) => ({
    kind,
    weight: weights[kind],
    index: kind === "words" ? words : over(kind),
  }));
  return {
    score(question) {
      const sum = new Float64Array(texts.length);
      for (const { kind, weight, index } of indexes) index.addTo(sum, question[kind], weight);
      return sum;
    },
    share: (question, text) => words.share(question.words, text),
  };
}
