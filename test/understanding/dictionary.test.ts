import fc from "fast-check";
import { expect, it } from "vitest";
import type { PrefixSearch } from "../../src/understanding/japanese/dictionary.ts";
import { theContent, theTokenizer } from "../support/lessons.ts";

/** The trie within kuromoji's tokenizer. */
interface Inside {
  viterbi_builder: { trie: { commonPrefixSearch: PrefixSearch } };
}

const { trie } = ((await theTokenizer()) as unknown as Inside).viterbi_builder;
const theirs: PrefixSearch = (text) =>
  (Object.getPrototypeOf(trie) as typeof trie).commonPrefixSearch.call(trie, text);

it("words that a text begins with are those that kuromoji's own search finds", () => {
  const examples = theContent().utterances.filter(({ locale }) => locale === "ja");
  let found = 0;
  for (const { text } of examples.filter((_, n) => n % 50 === 0))
    for (let at = 0; at < text.length; at += 1) {
      const rest = text.slice(at);
      const words = trie.commonPrefixSearch(rest);
      if (rest.isWellFormed()) expect(words).toEqual(theirs(rest));
      found += words.length;
    }
  expect(found).toBeGreaterThan(500);

  const text = fc.string({
    unit: fc.constantFrom("電", "話", "録", "音", "す", "る", "é", "a", "1", "😀", "゙"),
  });
  fc.assert(
    fc.property(text, (words) => {
      expect(trie.commonPrefixSearch(words)).toEqual(theirs(words));
    }),
  );
});

it("what no word can hold ends the search", () => {
  expect(trie.commonPrefixSearch("電話").map(({ k }) => k)).toContain("電話");
  for (const text of ["", "\u0000", "\ud800", "電\ud800", "電\u0000話"])
    expect(trie.commonPrefixSearch(text).every(({ k }) => k === "電")).toBe(true);
});
