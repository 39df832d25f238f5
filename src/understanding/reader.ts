import type { Locale } from "../reply/locale.ts";
import { type ConceptFinder, conceptFinder } from "./concepts.ts";
import { analyzeEnglish } from "./english/analyzer.ts";
import { englishFeatures, type FeatureGroup, japaneseFeatures } from "./features.ts";
import { japaneseAnalyzer } from "./japanese/analyzer.ts";
import type { KuromojiTokenizer } from "./japanese/dictionary.ts";
import type { KnownWords } from "./known-words.ts";
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
  /** Its terms alone, for texts that are looked for and never asked. */
  terms(text: string, locale: Locale): Terms;
  /** Whether an English word, normalized, is one of those we know. */
  knowsEnglish(word: string): boolean;
}

interface ReaderSources {
  tokenizer: KuromojiTokenizer;
  concepts: readonly { id: string; words: Readonly<Record<Locale, readonly string[]>> }[];
  /** Fields of meaning for the index; none unless given. */
  thesaurus?: readonly Kin[];
  /** English words that are known: those of the examples and the clauses. */
  english: KnownWords;
}

/** Longest word that is corrected, and most words of a message that are. */
const CORRECTIONS = 6;

export function createReader(sources: ReaderSources): Reader {
  const japanese = japaneseAnalyzer(sources.tokenizer);
  const counts = sources.english;
  // A word seen once may itself be a typing error among the examples: it is no target of a correction.
  const known: Vocabulary = vocabularyOf(new Map([...counts].filter(([, n]) => n > 2)));
  const stemsOf = (phrase: string) => analyzeEnglish(phrase).tokens.map((t) => t.stem);
  const finder: ConceptFinder = conceptFinder(sources.concepts, (word) => japanese(word).reading, stemsOf);
  const thesaurus = thesaurusOf(sources.thesaurus ?? [], stemsOf);

  const termsInJapanese = (analysis: ReturnType<typeof japanese>) =>
    japaneseTerms(analysis, thesaurus.japanese(analysis.text));

  const readJapanese = (text: string): Reading => {
    const analysis = japanese(text);
    return {
      locale: "ja",
      groups: japaneseFeatures(analysis, finder.japanese(analysis.text, analysis.reading)),
      terms: termsInJapanese(analysis),
      kana: analysis.reading,
    };
  };

  /** The words of an English text, with what unknown ones probably were meant to be. */
  const tokensOf = (analysis: ReturnType<typeof analyzeEnglish>) => {
    let budget = CORRECTIONS;
    const corrected = analysis.tokens.flatMap((t) => {
      if (known.has(t.surface) || !t.content || !/^[a-z]+$/.test(t.surface) || budget-- <= 0) return [];
      const word = known.correct(t.surface);
      return word ? analyzeEnglish(word).tokens : [];
    });
    return [...analysis.tokens, ...corrected];
  };
  const termsInEnglish = (tokens: ReturnType<typeof tokensOf>) =>
    englishTerms(tokens, thesaurus.english(tokens.map((t) => t.stem)));

  const readEnglish = (text: string): Reading => {
    const analysis = analyzeEnglish(text);
    const tokens = tokensOf(analysis);
    const stems = tokens.map((t) => t.stem);
    return {
      locale: "en",
      groups: englishFeatures({ text: analysis.text, tokens }, finder.english(stems)),
      terms: termsInEnglish(tokens),
      kana: "",
    };
  };

  return {
    read: (text, locale) => (locale === "ja" ? readJapanese(text) : readEnglish(text)),
    terms: (text, locale) =>
      locale === "ja" ? termsInJapanese(japanese(text)) : termsInEnglish(tokensOf(analyzeEnglish(text))),
    knowsEnglish: (word) => (counts.get(word) ?? 0) > 1,
  };
}
