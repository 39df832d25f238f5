import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { vocabularyOf } from "../../src/understanding/vocabulary.ts";
import { anyText } from "../support/any-text.ts";

const words = new Map(
  [
    "recording",
    "disclosure",
    "deletion",
    "retention",
    "personal",
    "information",
    "telephone",
    "call",
    "fee",
  ].map((w, i) => [w, 20 - i]),
);
const vocabulary = vocabularyOf(words);

describe("a vocabulary", () => {
  it.each([
    ["recrding", "recording"],
    ["disclosuer", "disclosure"],
    ["deltion", "deletion"],
    ["informaton", "information"],
    ["persnal", "personal"],
    ["telefone", "telephone"],
  ])("takes %s for %s", (typed, meant) => {
    expect(vocabulary.correct(typed)).toBe(meant);
  });

  it("leaves a known word as it is", () => {
    for (const word of words.keys())
      expect([vocabulary.has(word), vocabulary.correct(word)]).toEqual([true, undefined]);
  });

  it.each(["", "fe", "giraffe", "xyzzy", "weather", "__proto__", "constructor", "a".repeat(100_000)])(
    "finds nothing near what is far from every word (%#)",
    (typed) => {
      expect(vocabulary.correct(typed)).toBeUndefined();
    },
  );

  it("corrects to a word it knows, or to none, whatever is typed", () => {
    fc.assert(
      fc.property(anyText(30), (typed) => {
        const word = vocabulary.correct(typed);
        expect(word === undefined || words.has(word)).toBe(true);
      }),
    );
  });

  it("gives the same correction each time", () => {
    const again = vocabularyOf(new Map(words));
    for (const typed of ["recrding", "retenton", "telefone"])
      expect(again.correct(typed)).toBe(vocabulary.correct(typed));
  });
});
