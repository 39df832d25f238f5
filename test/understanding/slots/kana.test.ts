import { describe, expect, it } from "vitest";
import { kana } from "../../../src/understanding/slots/kana.ts";
import { foundIn, reads } from "../../support/slots.ts";

const YAMADA = "ヤマダ タロウ";

describe("the reading of a name", () => {
  reads(kana, "ja", [
    ["ヤマダ タロウ", YAMADA],
    ["やまだ たろう", YAMADA],
    ["ﾔﾏﾀﾞ ﾀﾛｳ", YAMADA],
    ["やまだ　たろう", YAMADA],
    ["フリガナはヤマダ タロウです", YAMADA],
    ["ふりがな：やまだ たろう", YAMADA],
    ["やまだ たろうと読みます", YAMADA],
    ["えっと、やまだ たろうです。", YAMADA],
    ["やまだ たろうだってば！", YAMADA],
    ["やまだかな", "ヤマダカナ"],
    ["ジョン・スミス", "ジョン・スミス"],
    ["ヴァイオレット", "ヴァイオレット"],
    ["しんいち", "シンイチ"],
    ["ゔぃくとりあ", "ヴィクトリア"],
    ["おーの", "オーノ"],
    ["山田", "!kanji"],
    ["やまだ太郎", "!kanji"],
    ["佐々木", "!kanji"],
    ["", "!other"],
    ["ヤマダ1", "!other"],
    ["やまだ😀", "!other"],
    ["ー", "!other"],
    ["ア".repeat(201), "!too-long"],
  ]);

  reads(kana, "en", [
    ["Yamada Tarou", YAMADA],
    ["YAMADA TAROU", YAMADA],
    ["it's Yamada Tarou", YAMADA],
    ["the reading is Yamada Tarou", YAMADA],
    ["yamada taro", "ヤマダ タロ"],
    ["Sakura", "サクラ"],
    ["Ken", "ケン"],
    ["Ohno", "オオノ"],
    ["Itoh", "イトウ"],
    ["Homma", "ホンマ"],
    ["Jun'ichi", "ジュンイチ"],
    ["ōno", "オウノ"],
    ["Shimpei", "シンペイ"],
    ["Smith", "!other"],
    ["123", "!other"],
    ["__proto__", "!other"],
  ]);

  it("is found where it is called a reading", () => {
    expect(foundIn(kana, "山田太郎、フリガナはヤマダタロウです")).toEqual([["ヤマダタロウ", "ヤマダタロウ"]]);
    expect(foundIn(kana, "よみはやまだです。開示を")).toEqual([["ヤマダ", "やまだ"]]);
    expect(foundIn(kana, "ヤマダ電機のことです")).toEqual([]);
  });

  it("is masked like a name", () => {
    expect(kana.masked(YAMADA, { locale: "ja" })).toBe("ヤ*** タ***");
  });
});
