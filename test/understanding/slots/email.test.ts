import { describe, expect, it } from "vitest";
import { email } from "../../../src/understanding/slots/email.ts";
import { foundIn, reads } from "../../support/slots.ts";

const A = "taro@example.jp";

describe("an e-mail address", () => {
  reads(email, "ja", [
    ["taro@example.jp", A],
    ["  taro@example.jp  ", A],
    ["taro@EXAMPLE.JP", A],
    ["Taro@example.jp", "Taro@example.jp"],
    ["ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", A],
    ["taro＠example.jp。", A],
    ["メールは taro@example.jp です", A],
    ["メールアドレスはtaro@example.jpになります。", A],
    ["taro@example.jpでお願いします", A],
    ["taro@example.jpに送ってください", A],
    ["えっと、taro@example.jpです。よろしくお願いします", A],
    ["「taro@example.jp」", A],
    ["<taro@example.jp>", A],
    ["mailto:taro@example.jp", A],
    ["taro @ example.jp", A],
    ["tar\u200bo@example.jp", A],
    ["taro アットマーク example ドット jp", A],
    ["taroあっとexampleどっとjp", A],
    ["taro.@docomo.ne.jp", "taro.@docomo.ne.jp"],
    ["ta..ro@docomo.ne.jp", "ta..ro@docomo.ne.jp"],
    ["taro@例え.jp", "taro@xn--r8jz45g.jp"],
    ["taro@例え.jpです", "taro@xn--r8jz45g.jp"],
    ["taro@みんな.コム", "taro@xn--q9jyb4c.xn--tckwe"],
    ["田中@example.jp", "!letters"],
    ["taro", "!no-at"],
    ["わかりません", "!no-at"],
    ["", "!no-at"],
    ["@example.jp", "!no-name"],
    ["taro@", "!no-domain"],
    ["taro@example", "!no-domain"],
    ["taro@example,jp", "!no-domain"],
    ["taro@example..jp", "!no-domain"],
    ["a@b.jp と c@d.jp", "!many"],
    ["a@b.jp、c@d.jp", "!many"],
  ]);

  reads(email, "en", [
    ["my address is taro@example.jp", A],
    ["It's taro@example.jp, thanks", A],
    ["taro@example.jp please", A],
    ["you can reach me at taro@example.jp", A],
    ["taro at example dot jp", A],
    ["taro(at)example.jp", A],
    ["taro [at] example.jp", A],
    ["taro+desk@mail.example.co.uk", "taro+desk@mail.example.co.uk"],
    ["o'neill_1@example.com", "o'neill_1@example.com"],
    ["taro@example.jp.", A],
    ["taro@xn--r8jz45g.jp", "taro@xn--r8jz45g.jp"],
    [`${"a".repeat(64)}@example.jp`, `${"a".repeat(64)}@example.jp`],
    [`${"a".repeat(65)}@example.jp`, "!too-long"],
    [`a@${"abcdefgh.".repeat(30)}jp`, "!too-long"],
    [`a@example.${"b".repeat(64)}`, "!too-long"],
    [`a@${"ab.".repeat(130)}jp`, "!too-long"],
    [`${"a".repeat(60)}@${`${"b".repeat(60)}.`.repeat(4)}jp`, "!too-long"],
    ["taro yamada@example.jp", "!space"],
    ["taro@exam ple.jp", "!space"],
    ["taro@example. jp", "!space"],
    ["taro@@example.jp", "!letters"],
    ["a@b@example.jp", "!letters"],
    ["taro@exa_mple.jp", "!letters"],
    ["taro@-example.jp", "!no-domain"],
    ["taro@192.168.0.1", "!no-domain"],
    ["taro@example.jp and hanako@example.jp", "!many"],
    ["I have none", "!no-at"],
    ["__proto__", "!no-at"],
  ]);

  it("is found inside a longer text", () => {
    expect(foundIn(email, "返事はtaro@example.jpに、だめならＨＡＮＡ＠ｅｘａｍｐｌｅ．ｊｐへ")).toEqual([
      [A, "taro@example.jp"],
      ["HANA@example.jp", "ＨＡＮＡ＠ｅｘａｍｐｌｅ．ｊｐ"],
    ]);
    expect(foundIn(email, "send it to taro@example.jp please, I was born on 5 May 1980")).toEqual([
      [A, "taro@example.jp"],
    ]);
  });

  it("is not found where it is part of something else", () => {
    for (const text of ["a@b@c.jp", `${"a".repeat(70)}@b.jp`, "taro@example.jp1", "@taro", "meet at noon"])
      expect(foundIn(email, text)).toEqual([]);
  });

  it("is shown in its own letters, and masked but for its first letter and its domain", () => {
    expect(email.show("taro@xn--r8jz45g.jp", { locale: "ja" })).toBe("taro@例え.jp");
    expect(email.masked(A, { locale: "ja" })).toBe("t***@example.jp");
  });
});
