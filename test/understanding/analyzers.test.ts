import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyzeEnglish } from "../../src/understanding/english/analyzer.ts";
import { japaneseAnalyzer } from "../../src/understanding/japanese/analyzer.ts";
import { anyText } from "../support/any-text.ts";
import { theReader, theTokenizer } from "../support/lessons.ts";

const reader = await theReader();
const japanese = japaneseAnalyzer(await theTokenizer());
const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 80 });
const anything = fc.oneof(
  anyText(80),
  units.map((list) => String.fromCharCode(...list)),
  fc.string({
    unit: fc.constantFrom("あ", "ー", "ア", "漢", "a", "1", "!", "\ud800", "\u0000", "゙", " "),
    maxLength: 80,
  }),
);

describe("the analyzers", () => {
  it("read Japanese as dictionary forms with their readings", () => {
    const { tokens, reading } = japanese("電話は録音されていますか");
    expect(tokens.filter((t) => t.content).map((t) => t.base)).toEqual(["電話", "録音"]);
    expect(reading).toContain("ろくおん");
  });

  it("read romaji as they read kana", () => {
    expect(japanese("rokuon").reading).toBe(japanese("ろくおん").reading);
  });

  it("read English as stems, contractions undone", () => {
    const { tokens } = analyzeEnglish("Don't record my calls");
    expect(tokens.filter((t) => t.content).map((t) => t.stem)).toEqual(["record", "call"]);
  });

  it("survive any string, and lose none of the words behind it", () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(japanese(text).reading.isWellFormed()).toBe(true);
        expect(analyzeEnglish(text).text.isWellFormed()).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(japanese("😀🎉\u0000\ud800録音").reading).toContain("ろくおん");
  });

  it("give a reading for any string in both languages, the same each time", () => {
    fc.assert(
      fc.property(anything, fc.constantFrom("ja" as const, "en" as const), (text, locale) => {
        expect(reader.read(text, locale)).toEqual(reader.read(text, locale));
      }),
      { numRuns: 200 },
    );
  });

  it("correct a word that was mistyped", () => {
    expect(reader.read("do you recrding calls", "en").terms.words).toContain("record");
  });
});
