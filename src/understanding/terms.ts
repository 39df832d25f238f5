import type { EnglishToken } from "./english/analyzer.ts";
import type { Japanese } from "./japanese/analyzer.ts";
import { hiragana, soundOf } from "./japanese/sound.ts";

/** What an index over texts sees of one, by kind; each kind is scored apart. A term may occur several times. */
export interface Terms {
  /** Dictionary forms or stems of the words that carry meaning. */
  words: readonly string[];
  /** How the words sound, in Japanese. */
  sounds: readonly string[];
  /** Neighbouring words. */
  pairs: readonly string[];
  /** Two characters in a row, in Japanese: compounds meet however they are cut into words. */
  grams: readonly string[];
  /** Fields of meaning, from the thesaurus. */
  kin: readonly string[];
}

/** Shortest sound that is told from others. */
const SOUND_LENGTH = 3;

const pairsOf = (words: readonly string[]) => words.slice(1).map((w, i) => `${words[i]} ${w}`);

function gramsOf(text: string): string[] {
  return hiragana(text)
    .split(/[^\p{L}\p{N}ー]+/u)
    .flatMap((run) => Array.from({ length: Math.max(0, run.length - 1) }, (_, i) => run.slice(i, i + 2)));
}

export function japaneseTerms({ text, tokens }: Japanese, kin: readonly string[]): Terms {
  const content = tokens.filter((t) => t.content);
  const words = content.map((t) => t.base);
  const sounds = content.map((t) => soundOf(t.reading)).filter((s) => s.length >= SOUND_LENGTH);
  return { words, sounds, pairs: pairsOf(words), grams: gramsOf(text), kin };
}

export function englishTerms(tokens: readonly EnglishToken[], kin: readonly string[]): Terms {
  const words = tokens.filter((t) => t.content).map((t) => t.stem);
  return { words, sounds: [], pairs: pairsOf(words), grams: [], kin };
}
