import { describe, expect, it } from "vitest";
import { LOCALES } from "../../src/reply/locale.ts";
import { type Written, writtenIn } from "../../src/understanding/language.ts";
import { theReader } from "../support/lessons.ts";

const reader = await theReader();
const languageOf = (text: string, current: "ja" | "en"): Written =>
  writtenIn(text, current, (word) => reader.knowsEnglish(word));

describe("the language of a message", () => {
  it.each([
    ["hello", "en"],
    ["DM止めて", "ja"],
    ["個人情報", "ja"],
    ["ろくおん", "ja"],
    ["ﾛｸｵﾝ", "ja"],
    ["Do you record calls?", "en"],
    ["please delete my data", "en"],
    ["what do u do with my info", "en"],
    ["rokuon shite imasu ka", "ja"],
    ["kojin jouhou wo keshite kudasai", "ja"],
    ["denwa bangou wa nanban desu ka", "ja"],
    ["what is 個人情報の開示?", "ja"],
    ["¿Qué hacen con mis datos personales?", "other"],
    ["Que faites-vous de mes données personnelles ?", "other"],
    ["통화를 녹음하나요?", "other"],
    ["Вы записываете звонки?", "other"],
    ["คุณบันทึกการโทรหรือไม่", "other"],
    ["Thông tin cá nhân của tôi được dùng không?", "other"],
  ])("%j is %s, whatever was spoken before", (text, wanted) => {
    for (const current of LOCALES) expect(languageOf(text, current)).toBe(wanted);
  });

  it.each(["SIM", "DM", "FAX", "OK", "?", "123", "😀", "", "0120-999-000", "J:COM", "taro@example.jp"])(
    "%j stays in the language of the talk",
    (text) => {
      for (const current of LOCALES) expect(languageOf(text, current)).toBe(current);
    },
  );
});
