import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_MESSAGE, normalize } from "../../src/understanding/normalize.ts";
import { anyText } from "../support/any-text.ts";

/** Any string at all, lone surrogates and unassigned characters among it. */
const anything = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));

describe("a message as it is read", () => {
  it.each([
    ["ＤＭ　止めて", "dm 止めて"],
    ["ﾛｸｵﾝ", "ロクオン"],
    ["ＡＢＣ１２３", "abc123"],
    ["がぎ", "がぎ".normalize("NFC")],
    ["録音\u200bして\ufeffる\u202e？", "録音してる?"],
    ["録音😀😀して", "録音 して"],
    ["a\u0000b\u0007c", "a b c"],
    ["録音\ud800は", "録音は"],
    ["えええええええ", "えええ"],
    ["don’t “stop”", 'don\'t "stop"'],
    ["  a \n\t b  ", "a b"],
    ["e\u0301\u0301\u0301\u0301", "é\u0301"],
  ])("has one spelling: %j is %j", (typed, read) => {
    expect(normalize(typed)).toBe(read);
  });

  it("is empty when nothing legible was typed", () => {
    for (const nothing of ["", " ", "\n", "😀🎉", "\u200b\u202e", "\ud83d"])
      expect(normalize(nothing)).toBe("");
  });

  it("is never longer than twice what is read of it", () => {
    expect(normalize("﷽".repeat(MAX_MESSAGE)).length).toBeLessThanOrEqual(MAX_MESSAGE * 2);
    expect(normalize("あい".repeat(1_000_000)).length).toBeLessThanOrEqual(MAX_MESSAGE);
  });

  it("stays as it is when it is read again", () => {
    const twice = (text: string) => {
      const once = normalize(text);
      expect(normalize(once)).toBe(once);
    };
    fc.assert(fc.property(anything, twice));
    fc.assert(fc.property(anyText(), twice));
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "Ａ", "ｶ", "ﾞ", "゙", "́", "～", " ", "\u200b") }),
        twice,
      ),
    );
  });

  it("is well-formed, without controls and in lower case", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const read = normalize(text);
        expect(read.isWellFormed()).toBe(true);
        expect(read).not.toMatch(/\p{Cc}|^\s|\s$|\s\s/u);
        expect(read).toBe(read.toLowerCase());
      }),
    );
  });
});
