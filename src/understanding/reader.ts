import type { Locale } from "../reply/locale.ts";
import { type ConceptFinder, conceptFinder } from "./concepts.ts";
import { analyzeEnglish } from "./english/analyzer.ts";
import { englishFeatures, type FeatureGroup, japaneseFeatures } from "./features.ts";
import { japaneseAnalyzer } from "./japanese/analyzer.ts";
import type { KuromojiTokenizer } from "./japanese/dictionary.ts";
import { englishTerms, japaneseTerms, type Terms } from "./terms.ts";
import { type Kin, thesaurusOf } from "./thesaurus.ts";
import { type Vocabulary, vocabularyOf } from "./vocabulary.ts";

/** A message as it was read in one language. */
export interface Reading {
  locale: Locale;
  /** Features for the intent model. */
  groups: readonly FeatureGroup[];
  /** Terms for the index over the clauses. */
  terms: Terms;
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
  /** Fields of meaning for the index; none unless given. */
  thesaurus?: readonly Kin[];
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
  const stemsOf = (phrase: string) => analyzeEnglish(phrase).tokens.map((t) => t.stem);
  const finder: ConceptFinder = conceptFinder(sources.concepts, (word) => japanese(word).reading, stemsOf);
  const thesaurus = thesaurusOf(sources.thesaurus ?? [], stemsOf);

  const readJapanese = (text: string): Reading => {
    const analysis = japanese(text);
    return {
      locale: "ja",
      groups: japaneseFeatures(analysis, finder.japanese(analysis.text, analysis.reading)),
      terms: japaneseTerms(analysis, thesaurus.japanese(analysis.text)),
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
    const stems = tokens.map((t) => t.stem);
    return {
      locale: "en",
      groups: englishFeatures({ text: analysis.text, tokens }, finder.english(stems)),
      terms: englishTerms(tokens, thesaurus.english(stems)),
      kana: "",
    };
  };

  return {
    read: (text, locale) => (locale === "ja" ? readJapanese(text) : readEnglish(text)),
    knowsEnglish: (word) => (counts.get(word) ?? 0) > 1,
  };
}
