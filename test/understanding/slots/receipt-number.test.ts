import { describe, expect, it } from "vitest";
import { showReceipt } from "../../../src/requests/receipt.ts";
import { code } from "../../../src/understanding/slots/code.ts";
import { receiptNumber } from "../../../src/understanding/slots/receipt-number.ts";
import { RECEIPT } from "../../support/receipts.ts";
import { foundIn, reads } from "../../support/slots.ts";

const shown = showReceipt(RECEIPT);
const wide = (text: string) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
const other = RECEIPT.startsWith("A") ? "B" : "A";

describe("a receipt number", () => {
  reads(receiptNumber, "ja", [
    [shown, RECEIPT],
    [RECEIPT, RECEIPT],
    [shown.toLowerCase(), RECEIPT],
    [wide(shown), RECEIPT],
    [wide(shown.toLowerCase()), RECEIPT],
    [shown.replaceAll("-", "ー"), RECEIPT],
    [shown.replaceAll("-", "−"), RECEIPT],
    [shown.replaceAll("-", " "), RECEIPT],
    [shown.replaceAll("-", "　"), RECEIPT],
    [Array.from(RECEIPT).join(" "), RECEIPT],
    [`受付番号は${shown}です`, RECEIPT],
    [`受付番号：${shown}`, RECEIPT],
    [`「${shown}」です。お願いします`, RECEIPT],
    [`8月に申し込んだ${shown}の件です`, RECEIPT],
    [RECEIPT.slice(0, 9), "!length"],
    [`${RECEIPT}2`, "!length"],
    ["わかりません", "!length"],
    ["", "!length"],
    [`0${RECEIPT.slice(1)}`, "!letter"],
    [`O${RECEIPT.slice(1)}`, "!letter"],
    [`${RECEIPT.slice(0, 9)}1`, "!letter"],
    [`${RECEIPT.slice(0, 9)}i`, "!letter"],
    [other + RECEIPT.slice(1), "!check"],
    ["ABC-DEF-GHJK", "!check"],
  ]);

  reads(receiptNumber, "en", [
    [`my receipt number is ${shown}`, RECEIPT],
    [`it's ${shown}, thanks`, RECEIPT],
    [`${shown} please`, RECEIPT],
    [`I filed ${shown} in August`, RECEIPT],
    ["I lost it", "!length"],
    ["__proto__", "!length"],
  ]);

  it("is found in a longer text when its check letter is right", () => {
    expect(foundIn(receiptNumber, `先日の${wide(shown)}の状況は`)).toEqual([[RECEIPT, wide(shown)]]);
    expect(foundIn(receiptNumber, `what about ${shown}?`)).toEqual([[RECEIPT, shown]]);
    expect(foundIn(receiptNumber, `not ${other}${shown.slice(1)}, nor X${shown}`)).toEqual([]);
  });

  it("is shown in groups, and masked but for the last one", () => {
    expect(receiptNumber.show(RECEIPT, { locale: "ja" })).toBe(shown);
    expect(receiptNumber.masked(RECEIPT, { locale: "ja" })).toBe(`***-***-${RECEIPT.slice(6)}`);
  });
});

describe("a code", () => {
  reads(code, "ja", [
    ["ABCD-2345", "ABCD2345"],
    ["abcd2345", "ABCD2345"],
    ["ＡＢＣＤ－２３４５", "ABCD2345"],
    ["ＡＢＣＤー２３４５", "ABCD2345"],
    ["ABCD 2345", "ABCD2345"],
    ["コードはABCD-2345です", "ABCD2345"],
    ["状況コード：ABCD-2345", "ABCD2345"],
    ["ABCD-2345です。よろしくお願いします", "ABCD2345"],
    ["ABCD-234", "!length"],
    ["ABCD-23456", "!length"],
    ["忘れました", "!length"],
    ["", "!length"],
    ["ABCD-2340", "!letter"],
    ["ABCD-234O", "!letter"],
    ["IBCD-2345", "!letter"],
  ]);

  reads(code, "en", [
    ["my code is ABCD-2345", "ABCD2345"],
    ["code: abcd-2345", "ABCD2345"],
    ["the status code is ABCD 2345, thanks", "ABCD2345"],
    ["it's ABCD2345", "ABCD2345"],
    ["A B C D 2 3 4 5", "ABCD2345"],
    ["I forgot", "!length"],
    ["__proto__", "!length"],
    ["ABCD-1345", "!letter"],
  ]);

  it("is found as it is shown and in no other form, and is not shown when masked", () => {
    expect(foundIn(code, "the code is ABCD-2345")).toEqual([["ABCD2345", "ABCD-2345"]]);
    expect(foundIn(code, "ABCD2345, well-known, abcd-efgh, ABC-DEF-2345")).toEqual([]);
    expect(code.show("ABCD2345", { locale: "ja" })).toBe("ABCD-2345");
    expect(code.masked("ABCD2345", { locale: "ja" })).toBe("****-****");
  });
});
