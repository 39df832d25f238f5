import { describe, expect, it } from "vitest";
import { text } from "../../../src/understanding/slots/text.ts";
import { foundIn, type Row, reads } from "../../support/slots.ts";

const same = (...texts: string[]): Row<string>[] => texts.map((t) => [t, t]);

describe("free words", () => {
  reads(text, "ja", [
    ...same(
      "先月届いたはがきについて",
      "はい",
      "1",
      "。",
      "髙橋さんと𠮷田さんの電話",
      "葛󠄀城市",
      "ＡＢＣ　ｱｲｳ",
      "😀",
      "👨‍👩‍👧",
      "一行目\n二行目",
      "左\t右",
      "<b>太字</b>",
      "あ".repeat(1000),
      "😀".repeat(1000),
    ),
    ["  前後の空白  ", "前後の空白"],
    ["　全角の空白　", "全角の空白"],
    ["一行目\r\n二行目", "一行目\n二行目"],
    ["録\u0000音", "録音"],
    ["録\u0007音", "録音"],
    ["録\ud800音", "録\ufffd音"],
    ["", "!empty"],
    ["   ", "!empty"],
    ["　\n", "!empty"],
    ["\u200b", "!empty"],
    ["\u0000\u0001", "!empty"],
    ["あ".repeat(1001), "!too-long"],
    ["😀".repeat(1001), "!too-long"],
    ["a".repeat(1e6), "!too-long"],
  ]);

  reads(text, "en", [
    ...same("The recording of my call", "__proto__", "{{name}} $t(x)", "'; DROP TABLE requests; --"),
    ["a\u2028b", "a\u2028b"],
    [`${"a".repeat(1000)}   `, "a".repeat(1000)],
  ]);

  it("is never found, and masked but for its beginning", () => {
    expect(foundIn(text, "なんでも")).toEqual([]);
    expect(text.masked("先月届いたはがきについて", { locale: "ja" })).toBe("先月届い…");
    expect(text.masked("あ".repeat(1000), { locale: "ja" })).toBe(`${"あ".repeat(10)}…`);
  });
});
