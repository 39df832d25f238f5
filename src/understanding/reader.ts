import type { Locale } from "../reply/locale.ts";
import { type ConceptFinder, conceptFinder } from "./concepts.ts";
import { analyzeEnglish } from "./english/analyzer.ts";
import { englishFeatures, type FeatureGroup, japaneseFeatures } from "./features.ts";
import { japaneseAnalyzer } from "./japanese/analyzer.ts";
import type { KuromojiTokenizer } from "./japanese/dictionary.ts";
import { soundOf } from "./japanese/sound.ts";
import { type Vocabulary, vocabularyOf } from "./vocabulary.ts";

/** A message as it was read in one language. */
export interface Reading {
  locale: Locale;
  /** Features for the intent model. */
  groups: readonly FeatureGroup[];
  /** Terms for the index over the clauses. */
  terms: readonly string[];
  /** The Japanese reading in hiragana; empty in English. */
  kana: string;
}

/** Reads messages: analysis, concepts and corrections in both languages. */
export interface Reader {
  read(text: string, locale: Locale): Reading;
  /** Whether an English word, normalized, is one of those we know. */
  knowsEnglish(word: string): boolean;
}

interface ReaderSources {
  tokenizer: KuromojiTokenizer;
  concepts: readonly { id: string; words: Readonly<Record<Locale, readonly string[]>> }[];
  /** English text whose words are known: the examples and the clauses. */
  english: readonly string[];
}

function countWords(texts: readonly string[]): Map<string, number> {
  const count = new Map<string, number>();
  for (const text of texts) {
    for (const t of analyzeEnglish(text).tokens) count.set(t.surface, (count.get(t.surface) ?? 0) + 1);
  }
  return count;
}

/** Longest word that is corrected, and most words of a message that are. */
const CORRECTIONS = 6;

export function createReader(sources: ReaderSources): Reader {
  const japanese = japaneseAnalyzer(sources.tokenizer);
  const counts = countWords(sources.english);
  // A word seen once may itself be a typing error among the examples: it is no target of a correction.
  const known: Vocabulary = vocabularyOf(new Map([...counts].filter(([, n]) => n > 2)));
  const finder: ConceptFinder = conceptFinder(
    sources.concepts,
    (word) => japanese(word).reading,
    (phrase) => analyzeEnglish(phrase).tokens.map((t) => t.stem),
  );

  const readJapanese = (text: string): Reading => {
    const analysis = japanese(text);
    const content = analysis.tokens.filter((t) => t.content);
    const sounds = content.map((t) => soundOf(t.reading)).filter((s) => s.length >= 3);
    return {
      locale: "ja",
      groups: japaneseFeatures(analysis, finder.japanese(analysis.text, analysis.reading)),
      terms: [...content.map((t) => t.base), ...sounds.map((s) => `~${s}`)],
      kana: analysis.reading,
    };
  };

  const readEnglish = (text: string): Reading => {
    const analysis = analyzeEnglish(text);
    let budget = CORRECTIONS;
    const corrected = analysis.tokens.flatMap((t) => {
      if (known.has(t.surface) || !t.content || !/^[a-z]+$/.test(t.surface) || budget-- <= 0) return [];
      const word = known.correct(t.surface);
      return word ? analyzeEnglish(word).tokens : [];
    });
    const tokens = [...analysis.tokens, ...corrected];
    return {
      locale: "en",
      groups: englishFeatures({ text: analysis.text, tokens }, finder.english(tokens.map((t) => t.stem))),
      terms: tokens.filter((t) => t.content).map((t) => t.stem),
      kana: "",
    };
  };

  return {
    read: (text, locale) => (locale === "ja" ? readJapanese(text) : readEnglish(text)),
    knowsEnglish: (word) => (counts.get(word) ?? 0) > 1,
  };
}
