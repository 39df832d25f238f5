import { describe, expect, it } from "vitest";
import { address } from "../../../src/understanding/slots/address.ts";
import { foundIn, type Row, reads } from "../../support/slots.ts";

const same = (...texts: string[]): Row<string>[] => texts.map((text) => [text, text]);

describe("an address", () => {
  reads(address, "ja", [
    ...same(
      "東京都千代田区丸の内1-1-1",
      "東京都千代田区丸の内１丁目１番１号 丸ビル5階",
      "〒100-0005 東京都千代田区丸の内1-1-1",
      "三重県四日市市諏訪町1-5",
      "北海道札幌市中央区北1条西2丁目",
      "京都府京都市中京区上本能寺前町488番地",
      "北海道虻田郡倶知安町",
      "奈良県葛󠄀城市長尾85",
      "鹿児島県大島郡与論町茶花 𠮷田荘201",
      "ﾄｳｷｮｳﾄ千代田区丸の内",
    ),
    ["東京都千代田区　丸の内\n1-1-1", "東京都千代田区 丸の内 1-1-1"],
    ["住所は大阪府大阪市北区梅田三丁目です", "大阪府大阪市北区梅田三丁目"],
    ["自宅は大阪府大阪市北区梅田1-2-3になります", "大阪府大阪市北区梅田1-2-3"],
    ["大阪府大阪市北区梅田1-2-3に送ってください", "大阪府大阪市北区梅田1-2-3"],
    [
      "山田です。大阪府大阪市北区梅田1-2-3 梅田ビル101に住んでいます。",
      "大阪府大阪市北区梅田1-2-3 梅田ビル101",
    ],
    ["港区芝", "!too-short"],
    ["東京都", "!too-short"],
    ["100-0005", "!too-short"],
    ["1-2-3", "!too-short"],
    ["", "!too-short"],
    ["　", "!too-short"],
    ["taro@example.jp", "!symbols"],
    ["あ".repeat(301), "!too-long"],
    [`港区${"あ".repeat(298)}`, `港区${"あ".repeat(298)}`],
    ["いや、電話と手紙の両方です", "!too-short"],
    ["それは教えたくありません", "!too-short"],
  ]);

  reads(address, "en", [
    ...same(
      "221B Baker Street, London NW1 6XE, UK",
      "1-1-1 Marunouchi, Chiyoda-ku, Tokyo",
      "Rue de l’Été 5, Genève",
    ),
    ["my address is 1-1 Marunouchi, Tokyo", "1-1 Marunouchi, Tokyo"],
    ["I live at 1-1 Marunouchi, Tokyo", "1-1 Marunouchi, Tokyo"],
    ["12345", "!too-short"],
    ["both phone and letters please", "!too-short"],
    ["https://example.jp/map", "!symbols"],
    ["<b>1-1 Marunouchi</b>", "!symbols"],
  ]);

  it("is found where it begins with its prefecture and has a number", () => {
    const text = "山田です。大阪府大阪市北区梅田1-2-3 梅田ビル101に送ってください、東京都の条例は読みました";
    expect(foundIn(address, text)).toEqual([
      ["大阪府大阪市北区梅田1-2-3 梅田ビル101", "大阪府大阪市北区梅田1-2-3 梅田ビル101"],
    ]);
    expect(foundIn(address, "前は京都府京都市中京区488番地から、今は別です")).toEqual([
      ["京都府京都市中京区488番地", "京都府京都市中京区488番地"],
    ]);
    expect(foundIn(address, "東京都の3つの支店")).toEqual([]);
  });

  it("is masked behind its town", () => {
    const masked = (text: string) => address.masked(text, { locale: "ja" });
    expect(masked("大阪府大阪市北区梅田1-2-3")).toBe("大阪府大阪市…");
    expect(masked("〒100-0005 東京都千代田区丸の内1-1-1")).toBe("東京都千代田区…");
    expect(masked("221B Baker Street, London")).toBe("221B B…");
  });
});
