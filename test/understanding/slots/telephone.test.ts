import { describe, expect, it } from "vitest";
import { telephone } from "../../../src/understanding/slots/telephone.ts";
import { foundIn, reads } from "../../support/slots.ts";

const MOBILE = "+819012345678";

describe("a telephone number", () => {
  reads(telephone, "ja", [
    ["090-1234-5678", MOBILE],
    ["09012345678", MOBILE],
    ["０９０－１２３４－５６７８", MOBILE],
    ["〇九〇の一二三四の五六七八", MOBILE],
    ["090ー1234ー5678", MOBILE],
    ["090 1234 5678", MOBILE],
    ["090.1234.5678", MOBILE],
    ["0-9-0-1-2-3-4-5-6-7-8", MOBILE],
    ["電話は090-1234-5678です", MOBILE],
    ["携帯番号は09012345678でお願いします", MOBILE],
    ["携帯090-1234-5678（9時以降）", MOBILE],
    ["tel09012345678", MOBILE],
    ["9012345678", MOBILE],
    ["010-81-90-1234-5678", MOBILE],
    ["03-1234-5678", "+81312345678"],
    ["０３（１２３４）５６７８", "+81312345678"],
    ["06-6123-4567", "+81661234567"],
    ["0120-123-456", "+81120123456"],
    ["0800-123-4567", "+818001234567"],
    ["050-1234-5678", "+815012345678"],
    ["090-1234-567", "!too-short"],
    ["03-1234-567", "!too-short"],
    ["1234-5678", "!too-short"],
    ["９", "!too-short"],
    ["090-1234-56789", "!too-long"],
    ["03-1234-56789", "!too-long"],
    ["090-0000-0000", "!impossible"],
    ["011-123-4567", "!impossible"],
    ["わかりません", "!not-a-number"],
    ["", "!not-a-number"],
    ["090-1234-5678か03-1234-5678", "!many"],
  ]);

  reads(telephone, "en", [
    ["+81 90 1234 5678", MOBILE],
    ["+81 (0)90-1234-5678", MOBILE],
    ["＋８１９０１２３４５６７８", MOBILE],
    ["+8109012345678", MOBILE],
    ["0081 90 1234 5678", MOBILE],
    ["my number is 090-1234-5678, thanks", MOBILE],
    ["It's 090 1234 5678.", MOBILE],
    ["call me at 090-1234-5678 please", MOBILE],
    ["(03) 1234-5678", "+81312345678"],
    ["+1 213 373 4253", "+12133734253"],
    ["+44 20 7946 0958", "+442079460958"],
    ["+82 10-1234-5678", "+821012345678"],
    ["+1-213-373-425", "!too-short"],
    ["+44 20 7946 0958 1234", "!too-long"],
    ["+999 12345", "!impossible"],
    ["090-ABCD-5678", "!not-a-number"],
    ["none", "!not-a-number"],
    ["__proto__", "!not-a-number"],
    ["090-1234-5678 or 03-1234-5678", "!many"],
  ]);

  it("is found inside a longer text", () => {
    expect(
      foundIn(telephone, "山田です。０９０－１２３４－５６７８か03-1234-5678へ、2026-11-22までに"),
    ).toEqual([
      [MOBILE, "０９０－１２３４－５６７８"],
      ["+81312345678", "03-1234-5678"],
    ]);
    expect(foundIn(telephone, "please ring +44 20 7946 0958 about order 12345678")).toEqual([
      ["+442079460958", "+44 20 7946 0958"],
    ]);
    expect(foundIn(telephone, "受付番号は1234567890です")).toEqual([]);
  });

  it("is shown as in its country, and masked but for its first and last group", () => {
    const ask = { locale: "ja" } as const;
    expect([MOBILE, "+81312345678", "+12133734253"].map((v) => telephone.show(v, ask))).toEqual([
      "090-1234-5678",
      "03-1234-5678",
      "+1 213 373 4253",
    ]);
    expect([MOBILE, "+12133734253"].map((v) => telephone.masked(v, ask))).toEqual([
      "090-****-5678",
      "+1 *** *** 4253",
    ]);
  });
});
