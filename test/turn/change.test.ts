import { describe, expect, it } from "vitest";
import { changeIn } from "../../src/dialog/change.ts";

describe("a change that is told", () => {
  it.each([
    [
      "東京都中央区銀座1-1-1から大阪市北区梅田3-1-1に引っ越しました",
      "東京都中央区銀座1-1-1",
      "大阪市北区梅田3-1-1",
    ],
    ["結婚して名字を田中から佐藤に変えたい", "田中", "佐藤"],
    [
      "I moved from 12 Baker Street, London to 1-1-1 Marunouchi, Tokyo.",
      "12 Baker Street, London",
      "1-1-1 Marunouchi, Tokyo",
    ],
    ["change it from Smith to Jones please", "Smith", "Jones"],
  ])("has what was and what shall be: %s", (text, before, after) => {
    expect(changeIn(text)).toEqual({ before, after });
  });

  it.each([
    "先月から大阪に引っ越しました",
    "4月1日から住所が変わりました",
    "from March to May",
    "銀座に引っ越しました",
    "",
  ])("is none where only one side is told, or since when: %s", (text) => {
    expect(changeIn(text)).toBeUndefined();
  });
});
