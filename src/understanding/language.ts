import type { Locale } from "../reply/locale.ts";
import { isRomajiWord, LATIN_WORDS } from "./japanese/sound.ts";
import { normalize } from "./normalize.ts";

/** What a message is written in; `other` for a language that we do not speak. */
export type Written = Locale | "other";

const JAPANESE = /[\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff\uff66-\uff9f々〆]/;
const KANA = /[\u3041-\u3096\u30a1-\u30fa]/;
const OTHER_SCRIPT =
  /[\p{Script=Hangul}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Thai}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Greek}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
/** Characters of everyday Chinese that Japanese does not write. */
const CHINESE = /[你您们吗这么请给谁说让还过谢码发别吧呢嗎這們妳麼沒說讓]/g;
/** Everyday words of languages in Latin letters that customers in Japan write; none is an English word or romaji. */
const OTHER_WORDS = new Set(
  "je vous est les des une pour avec mes mon données personnelles que el los las una por para mis datos personales quiero cómo como puedo ich sie und der das ist nicht meine daten wie bitte o os uma não meus dados quero você eu il della sono voglio tôi của không thông tin cá nhân được bạn và là saya anda yang tidak dengan untuk apakah bagaimana ang mga ako ninyo po ba".split(
    " ",
  ),
);
const AMBIGUOUS = new Set(
  "a an i me to no so he she are made take same sore ha e o on in it is as at do go be we my by or".split(
    " ",
  ),
);
/** English words that could be read as romaji, and that nobody means so. */
const ENGLISH = new Set(
  "the you have can see give who when are use there where here some any your our do does whose she we they make take were one more police online open address above infomation".split(
    " ",
  ),
);

/**
 * The language of a message. Kana or kanji make it Japanese, recognised English words English; Latin letters alone do
 * not: romaji is Japanese. Where the words do not tell, `current` (from the channel or the conversation) stays.
 */
export function writtenIn(text: string, current: Locale, knowsEnglish: (word: string) => boolean): Written {
  const plain = normalize(text);
  const other = plain.match(OTHER_SCRIPT)?.length ?? 0;
  if (KANA.test(plain)) return "ja";
  if (other > 3 && other * 2 > plain.replace(/\P{L}+/gu, "").length) return "other";
  if (JAPANESE.test(plain)) return (plain.match(CHINESE)?.length ?? 0) >= 2 ? "other" : "ja";
  // An address is of no language.
  const said = plain.split(/\s+/).filter((part) => !part.includes("@") && !part.includes("://"));
  const words = (said.join(" ").match(/[\p{L}]+(?:[':][\p{L}]+)?/gu) ?? [])
    .filter((w) => !LATIN_WORDS.has(w))
    .slice(0, 60);
  if (words.length === 0) return current;
  let english = 0;
  let romaji = 0;
  let foreign = 0;
  for (const w of words) {
    const isEnglish = knowsEnglish(w) || knowsEnglish(w.replace(/'.*/, ""));
    const isRomaji = isRomajiWord(w);
    if (ENGLISH.has(w)) english++;
    else if (isEnglish && isRomaji) {
      // "made", "data", "sore": both at once; the words around them tell.
      english += AMBIGUOUS.has(w) ? 0 : 0.5;
      romaji += 0.5;
    } else if (isEnglish) english++;
    else if (isRomaji) romaji += w.length > 3 ? 1 : 0.6;
    if (OTHER_WORDS.has(w) && !isEnglish) foreign++;
  }
  if (foreign >= 2 && foreign * 3 >= words.length && english < foreign) return "other";
  if (english === romaji) return current;
  if (romaji > english && romaji >= words.length * 0.5) return "ja";
  if (english > romaji * 0.5) return "en";
  return current;
}
