import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clean, cut, label, split } from "../../../src/channels/line/text.ts";
import { measure, SEED } from "../../support/long.ts";

const GRAPHEMES = new Intl.Segmenter("ja", { granularity: "grapheme" });
const characters = (text: string) => [...GRAPHEMES.segment(text)].map(({ segment }) => segment);
const squeezed = (text: string) => text.replace(/\s+/g, "");

/** Characters of one to eleven units, sentences, line breaks. */
const piece = fc.oneof(
  fc.constantFrom(
    "👨‍👩‍👧‍👦",
    "🇯🇵",
    "𠮷",
    "が",
    "か\u3099",
    "e\u0301",
    "漢字。",
    "That is so. ",
    "\n",
    "\n\n",
    "- item\n",
  ),
  fc.string({ unit: "grapheme-composite", maxLength: 5 }),
);
const text = fc.array(piece, { maxLength: 300 }).map((pieces) => clean(pieces.join("")));
const runs = { numRuns: measure(200, 20_000), seed: SEED };

describe("a text that is cut", () => {
  it("loses nothing, fits, and is cut within no character", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 60, max: 400 }), (whole, most) => {
        const texts = split(whole, most);
        expect(squeezed(texts.join(""))).toBe(squeezed(whole));
        for (const one of texts) {
          expect(one.length).toBeLessThanOrEqual(most);
          expect(one.trim()).not.toBe("");
          expect(one.isWellFormed()).toBe(true);
        }
        const kept = characters(squeezed(whole)).filter((one) => one.length > 8);
        const shown = texts.flatMap((one) => characters(squeezed(one)).filter((c) => c.length > 8));
        expect(shown).toEqual(kept);
      }),
      runs,
    );
  });

  it("ends where a sentence ends, and a paragraph before it", () => {
    expect(split("一つ目です。二つ目です。三つ目です。", 13)).toEqual([
      "一つ目です。二つ目です。",
      "三つ目です。",
    ]);
    expect(split("One is here. Two is here.", 15)).toEqual(["One is here.", "Two is here."]);
    expect(split("短い段落。\n\n次の段落は二文です。そうです。", 20)).toEqual([
      "短い段落。",
      "次の段落は二文です。そうです。",
    ]);
    expect(split("", 20)).toEqual([]);
  });

  it("is cut within a character only where that alone does not fit, and never within a pair", () => {
    const tower = `e${"\u0301".repeat(100)}`;
    expect(split(tower, 60).map(({ length }) => length)).toEqual([60, 41]);
    for (const one of split("𠮷".repeat(100), 61)) expect(one.isWellFormed()).toBe(true);
  });

  it("as a label is as long as it may be, in characters", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 30 }), (whole, most) => {
        expect(characters(label(whole, most)).length).toBeLessThanOrEqual(most);
        expect(cut(whole, most).length).toBeLessThanOrEqual(most);
        if (characters(whole).length <= most) expect(label(whole, most)).toBe(whole);
      }),
      runs,
    );
    expect(label("お手続きの状況を確認する", 20)).toBe("お手続きの状況を確認する");
    expect(label("あ".repeat(21), 20)).toBe(`${"あ".repeat(19)}…`);
  });

  it("has no control character, no lone surrogate and no turned direction", () => {
    expect(clean("a\r\nb\u0000\u202ec\ud800\u2028d\t")).toBe("a\nbc\ufffd\nd");
    expect(clean("👨‍👩‍👧 は か\u3099 です")).toBe("👨‍👩‍👧 は か\u3099 です");
  });
});
