import Fuse from "fuse.js";

/** Finds the known word that an unknown one was probably meant to be. */
export interface Vocabulary {
  has(word: string): boolean;
  /** The nearest known word, or undefined when none is near enough. */
  correct(word: string): string | undefined;
}

const MIN_LENGTH = 4;
const MAX_LENGTH = 24;
/** Most candidates that Fuse is asked about: its time is linear in them. */
const CANDIDATES = 40;
/** Fuse's score, 0 exact to 1 nothing alike, up to which a correction is believed. */
const BELIEVED = 0.34;

function bigrams(word: string): string[] {
  const padded = `^${word}$`;
  const out: string[] = [];
  for (let i = 0; i + 2 <= padded.length; i++) out.push(padded.slice(i, i + 2));
  return out;
}

/**
 * A vocabulary over known words with how often each was seen. Fuse.js ranks; only words that share bigrams with the
 * unknown word and differ by at most two letters in length are put before it.
 */
export function vocabularyOf(words: ReadonlyMap<string, number>): Vocabulary {
  const known = new Set(words.keys());
  const byBigram = new Map<string, string[]>();
  for (const word of known) {
    if (word.length < MIN_LENGTH || word.length > MAX_LENGTH) continue;
    for (const b of new Set(bigrams(word))) {
      const list = byBigram.get(b);
      if (list) list.push(word);
      else byBigram.set(b, [word]);
    }
  }
  const candidates = (word: string): string[] => {
    const shared = new Map<string, number>();
    for (const b of new Set(bigrams(word))) {
      for (const w of byBigram.get(b) ?? []) {
        if (Math.abs(w.length - word.length) <= 2) shared.set(w, (shared.get(w) ?? 0) + 1);
      }
    }
    return [...shared]
      .filter(([, n]) => n >= 2)
      .sort(
        (a, b) => b[1] - a[1] || (words.get(b[0]) ?? 0) - (words.get(a[0]) ?? 0) || (a[0] < b[0] ? -1 : 1),
      )
      .slice(0, CANDIDATES)
      .map(([w]) => w);
  };
  return {
    has: (word) => known.has(word),
    correct(word) {
      if (word.length < MIN_LENGTH || word.length > MAX_LENGTH || known.has(word)) return undefined;
      const list = candidates(word);
      if (list.length === 0) return undefined;
      const fuse = new Fuse(list, {
        includeScore: true,
        threshold: BELIEVED,
        distance: 10,
        minMatchCharLength: 2,
      });
      return fuse.search(word, { limit: 1 })[0]?.item;
    },
  };
}
