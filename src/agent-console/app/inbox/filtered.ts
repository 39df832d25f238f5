/** A text folded for finding: widths, cases, and katakana as hiragana. */
const folded = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));

/** Those that hold every word of `typed`, best first: where a title begins with it, where one holds it, the rest. Pure. */
export function filtered<T>(
  all: readonly T[],
  typed: string,
  titleOf: (one: T) => string,
  textOf: (one: T) => string,
): T[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  const rank = (one: T): number => {
    const title = folded(titleOf(one));
    if (words.every((word) => title.includes(word))) return title.startsWith(words[0] ?? "") ? 0 : 1;
    const both = `${title} ${folded(textOf(one))}`;
    return words.every((word) => both.includes(word)) ? 2 : 3;
  };
  return all
    .map((one) => ({ one, rank: rank(one) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one);
}
