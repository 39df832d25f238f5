import { describe, expect, it } from "vitest";
import { name } from "../../../src/understanding/slots/name.ts";
import { foundIn, type Row, reads } from "../../support/slots.ts";

const same = (...texts: string[]): Row<string>[] => texts.map((text) => [text, text]);
const LONG =
  "Adolph Blaine Charles David Earl Frederick Gerald Hubert Irvin John Kenneth Lloyd Martin Nero Oliver";

describe("a name", () => {
  reads(name, "ja", [
    ...same(
      "山田太郎",
      "𠮷田 花子",
      "髙橋",
      "﨑山 神",
      "神原",
      "葛󠄀城",
      "渡邉󠄂",
      "やまだ",
      "一郎",
      "三島 五郎",
      "佐々木 〆子",
      "はいばら",
      "山田かな",
      "ジャン＝ポール・サルトル",
      "マリー・アントワネット",
      "伊達 言一",
      "ジャン・ダッテ",
    ),
    ["ﾔﾏﾀﾞ ﾀﾛｳ", "ヤマダ タロウ"],
    ["ＪＯＨＮ　ＳＭＩＴＨ", "JOHN SMITH"],
    ["山田　太郎", "山田 太郎"],
    ["山田（旧姓 佐藤）", "山田(旧姓 佐藤)"],
    ["山田太郎です", "山田太郎"],
    ["山田と申します。", "山田"],
    ["私は山田太郎です", "山田太郎"],
    ["名前は山田太郎です。", "山田太郎"],
    ["氏名：山田太郎", "山田太郎"],
    ["はい、山田です", "山田"],
    ["「山田太郎」", "山田太郎"],
    ["初めまして、山田太郎と申します。開示をお願いします", "山田太郎"],
    ["山田太郎です。よろしくお願いします", "山田太郎"],
    ["山田太郎だって言ってるだろ！", "山田太郎"],
    ["山田太郎です、って何度も言ってますよね？", "山田太郎"],
    ["山田太郎って書いたでしょう", "山田太郎"],
    ["だから、山田太郎だってば", "山田太郎"],
    ["さっきも言いましたが、山田太郎です", "山田太郎"],
    ["名前は教えません", "!empty"],
    ["", "!empty"],
    ["　 ", "!empty"],
    ["・", "!empty"],
    ["山田太郎1", "!digits"],
    ["０９０", "!digits"],
    ["😀", "!symbols"],
    ["<b>山田</b>", "!symbols"],
    ["山田@example.jp", "!symbols"],
    ["あ".repeat(201), "!too-long"],
  ]);

  reads(name, "en", [
    ...same(
      "John Smith",
      "O'Brien",
      "Anna-María O’Neill",
      "Dr. Martin Luther King Jr.",
      "Nguyễn Thị Minh Khai",
      "عبد الله",
      "김철수",
      "Владимир Ильич",
      "Björk",
      "Will May",
      LONG,
      "x".repeat(200),
    ),
    ["e\u0301lan", "élan"],
    ["my name is John Smith", "John Smith"],
    ["My name is john smith.", "john smith"],
    ["I'm Sara van der Berg", "Sara van der Berg"],
    ["Hi, this is John Smith", "John Smith"],
    ["It's John Smith, I told you already!", "John Smith"],
    ["Like I said, my name is John Smith", "John Smith"],
    ["John Smith, for the third time!!", "John Smith"],
    ["I already told you, John Smith", "John Smith"],
    ["name: Sato Hanako", "Sato Hanako"],
    ["Hello, my name is Sara van der Berg and I want my data", "Sara van der Berg"],
    ["John\u202eSmith", "JohnSmith"],
    ["X Æ A-12", "!digits"],
    ["www.example.com", "!symbols"],
    ["http://example.com", "!symbols"],
    ["__proto__", "!symbols"],
    ["x".repeat(201), "!too-long"],
  ]);

  it("is found where somebody says what they are called", () => {
    expect(foundIn(name, "はじめまして、山田太郎と申します。名前は山田花子です。")).toEqual([
      ["山田太郎", "山田太郎"],
      ["山田花子", "山田花子"],
    ]);
    expect(foundIn(name, "Hello. My name is John Smith and I want to see my data")).toEqual([]);
    expect(foundIn(name, "Hello, my name is John Smith and I want to see my data")).toEqual([
      ["John Smith", "John Smith"],
    ]);
    expect(foundIn(name, "名前は言いません")).toEqual([]);
    expect(foundIn(name, "山田太郎です。開示をお願いします")).toEqual([]);
  });

  it("is masked but for the first character of each part, marks and all", () => {
    const masked = (text: string) => name.masked(text, { locale: "ja" });
    expect(masked("山田太郎")).toBe("山***");
    expect(masked("𠮷田 花子")).toBe("𠮷*** 花***");
    expect(masked("葛󠄀城")).toBe("葛󠄀***");
    expect(masked("Taro Yamada")).toBe("T*** Y***");
  });
});
