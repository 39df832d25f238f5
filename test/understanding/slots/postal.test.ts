import { describe, expect, it } from "vitest";
import { postal } from "../../../src/understanding/slots/postal.ts";
import { foundIn, reads } from "../../support/slots.ts";

const MARUNOUCHI = { code: "1000005", places: ["東京都千代田区丸の内"] };
const GINZA = { code: "1040061", places: ["東京都中央区銀座"] };

describe("a postal code", () => {
  reads(postal, "ja", [
    ["1000005", MARUNOUCHI],
    ["100-0005", MARUNOUCHI],
    ["〒100-0005", MARUNOUCHI],
    ["１００－０００５", MARUNOUCHI],
    ["〒１００ー０００５です", MARUNOUCHI],
    ["郵便番号は100-0005です", MARUNOUCHI],
    ["100 0005", MARUNOUCHI],
    ["100の0005", MARUNOUCHI],
    ["一〇〇〇〇〇五", MARUNOUCHI],
    ["〒100-0005 東京都千代田区丸の内1-1", MARUNOUCHI],
    ["住所は100-0005 東京都千代田区丸の内です", MARUNOUCHI],
    ["104-0061でお願いします", GINZA],
    ["4980000", { code: "4980000", places: ["愛知県弥富市", "三重県桑名郡木曽岬町"] }],
    ["1000000", { code: "1000000", places: ["東京都千代田区"] }],
    ["9071801", { code: "9071801", places: ["沖縄県八重山郡与那国町与那国"] }],
    ["100-000", "!length"],
    ["10000055", "!length"],
    ["100", "!length"],
    ["わかりません", "!length"],
    ["", "!length"],
    ["000-0000", "!unknown"],
    ["999-9999", "!unknown"],
  ]);

  reads(postal, "en", [
    ["zip code is 100-0005", MARUNOUCHI],
    ["my postal code is 1000005", MARUNOUCHI],
    ["postcode 100-0005", MARUNOUCHI],
    ["it's 104-0061, thanks", GINZA],
    ["NW1 6XE", "!length"],
    ["90210", "!length"],
    ["__proto__", "!length"],
  ]);

  it("is found where it is marked, or where its own address follows", () => {
    expect(foundIn(postal, "〒104-0061 銀座の山田です。前は100-0005 東京都千代田区でした")).toEqual([
      [GINZA, "〒104-0061"],
      [MARUNOUCHI, "100-0005"],
    ]);
    for (const text of ["電話は100-0005です", "100-0005 大阪府大阪市", "番号1000005"])
      expect(foundIn(postal, text)).toEqual([]);
  });

  it("is shown with its place, when there is only one", () => {
    expect(postal.show(MARUNOUCHI, { locale: "ja" })).toBe("〒100-0005 東京都千代田区丸の内");
    expect(postal.show({ code: "4980000", places: ["a", "b"] }, { locale: "ja" })).toBe("〒498-0000");
    expect(postal.masked(MARUNOUCHI, { locale: "ja" })).toBe("〒100-****");
  });
});
