import { toHiragana } from "wanakana";

const O_ROW = "おこそとのほもよろをごぞどぼぽょ";
const U_ROW = "うくすつぬふむゆるぐずづぶぷゅ";
const E_ROW = "えけせてねへめれげぜでべぺ";
const SAME: Readonly<Record<string, string>> = { を: "お", づ: "ず", ぢ: "じ", ゔ: "ぶ", ゐ: "い", ゑ: "え" };

/** Katakana as hiragana; everything else stays. */
export function hiragana(text: string): string {
  return text.replace(/[\u30a1-\u30f6]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60));
}

/**
 * How kana sound, whatever their spelling: long vowels dropped (こじんじょうほう, こじんじょほう and コジンジョーホー
 * are one), small っ dropped, づ as ず, を as お. Only hiragana comes out; all else is dropped.
 */
export function soundOf(kana: string): string {
  let out = "";
  let previous = "";
  for (const raw of hiragana(kana)) {
    if (raw < "ぁ" || raw > "ゖ") {
      if (raw !== "ー") previous = "";
      continue;
    }
    const c = SAME[raw] ?? raw;
    const long =
      (c === "う" && (O_ROW.includes(previous) || U_ROW.includes(previous))) ||
      (c === "お" && O_ROW.includes(previous)) ||
      (c === "い" && E_ROW.includes(previous));
    previous = c;
    if (long || c === "っ") continue;
    out += c;
  }
  return out;
}

/** Latin words that Japanese uses as they are: no romaji, and no sign of English. */
export const LATIN_WORDS = new Set(
  "ai app ok cd cm cookie dm dvd email faq fax gmail gmo google hp id ip isp iot it jcom j:com jis line mail mnp nhk ok pc pdf pv qr sakura sim sms sns tel tv url usb vod vpn wan web wi-fi wifi www".split(
    " ",
  ),
);

/** Whether a lower-case Latin word can be read as romaji from its first letter to its last. */
export function isRomajiWord(word: string): boolean {
  return word.length <= 40 && !/[a-z]/.test(toHiragana(plainRomaji(word)));
}

const plainRomaji = (word: string) =>
  word
    .replace(/ā/g, "aa")
    .replace(/ī/g, "ii")
    .replace(/ū/g, "uu")
    .replace(/ē/g, "ee")
    .replace(/ō/g, "ou")
    .replace(/l(?=[aiueo])/g, "r");

/** Romaji as hiragana, word by word; words that are no romaji, and common Latin words, stay. Input: normalized. */
export function kanaOfRomaji(text: string): string {
  return text.replace(/[a-zāīūēō:'-]+/g, (word) => {
    if (LATIN_WORDS.has(word)) return word;
    const bare = word.replace(/[:-]/g, "");
    return isRomajiWord(bare) ? toHiragana(plainRomaji(bare)) : word;
  });
}

/** Hiragana, and words of romaji as names are written in ("Ohno", "Homma", "Jun'ichi"), as katakana; all else stays. */
export function katakanaOfName(text: string): string {
  const kana = text.replace(/[A-Za-zĀĪŪĒŌāīūēō'’-]{1,40}/g, (word) => {
    const plain = word
      .toLowerCase()
      .replace(/’/g, "'")
      .replace(/^oh(?![aiueoy])/, "oo")
      .replace(/oh(?![aiueoy])/g, "ou")
      .replace(/m(?=[bmp])/g, "n")
      .replace(/-/g, "");
    return plain !== "" && isRomajiWord(plain) ? toHiragana(plainRomaji(plain)) : word;
  });
  return kana.replace(/[\u3041-\u3096]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0x60));
}
