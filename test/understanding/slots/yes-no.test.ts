import { describe, expect, it } from "vitest";
import { yesNo } from "../../../src/understanding/slots/yes-no.ts";
import { asked, foundIn, type Row, reads } from "../../support/slots.ts";

const all = (value: boolean | "!unclear", texts: string): Row<boolean>[] =>
  texts.split("|").map((text) => [text, value] as const);

describe("yes or no", () => {
  reads(yesNo, "ja", [
    ...all(
      true,
      "はい|ハイ|はーい|はい！|うん|うんうん|ええ|そうです|そうですね|その通りです|お願いします|はい、お願いします！|それでお願いします|よろしくお願いいたします|もちろんです|OK|ＯＫです|オッケー|いいよ|いいですよ|わかりました|同意します|間違いありません|はい、合っています|必要です|送信してください|👍|○|hai|はい、大丈夫です|はい、そうしてください|間違っていません",
    ),
    ...all(
      false,
      "いいえ|いえいえ|いや|嫌です|ううん|違います|ちがうよ|そうじゃないです|いらない|いりません|不要です|結構です|けっこうです|いいえ、結構です。|だめ|ダメです|やめます|今はやめておきます|同意できません|必要ありません|すみません、違います|いいえ、ありがとうございます|👎|×|iie|いいえ、大丈夫です|いいえ、いいです",
    ),
    ...all(
      "!unclear",
      "いいです|大丈夫です|はい、違います|いいえ、お願いします|うーん|たぶん|どちらでも|はい？いいえ？|山田です|よろしいですか|です|ね|👍👎",
    ),
    ["", "!unclear"],
    ["はい".repeat(100), "!unclear"],
  ]);

  reads(yesNo, "en", [
    ...all(
      true,
      "yes|YES|Yep!|yeah|y|sure|Sure thing|ok|okay|Yes, please.|yes please|please|of course|that's right|That’s correct.|go ahead|please send it|please do|I agree|I do|send it|はい|yes, that's fine",
    ),
    ...all(
      false,
      "no|NO!|nope|nah|n|no thanks|No, thank you.|not really|never mind|I don't|don’t|do not|not now|wrong|that's not right|incorrect|I disagree|I'd rather not|no no no|いいえ",
    ),
    ...all(
      "!unclear",
      "maybe|not sure|I don't think so|yes and no|yesterday|know|nothing|thanks|fine|constructor|__proto__",
    ),
  ]);

  it("is never found in a longer text: it needs its question", () => {
    expect(foundIn(yesNo, "はい、録音のことです")).toEqual([]);
  });

  it("is shown in a word", () => {
    for (const locale of ["ja", "en"] as const)
      expect([true, false].map((v) => yesNo.parse(yesNo.show(v, { locale }), asked(locale)))).toEqual([
        { ok: true, value: true },
        { ok: true, value: false },
      ]);
    expect(yesNo.show(true, { locale: "en" })).toBe("Yes");
  });
});
