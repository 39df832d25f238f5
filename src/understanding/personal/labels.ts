import type { PersonalKind } from "./kind.ts";

/** What the words around a number say that it is; `other` is a number that is nobody's: a receipt, a date, a clause. */
export type Meaning = Exclude<PersonalKind, "card" | "my-number" | "email"> | "other";

export interface Label {
  from: number;
  to: number;
  meaning: Meaning;
}

const WORDS: readonly [Meaning, string][] = [
  [
    "telephone",
    "電話|でんわ|携帯|けいたい|ケータイ|ケイタイ|スマホ|連絡先|ファック?ス|\\btel\\b|telephone|phone|mobile|\\bcell\\b|\\bfax\\b|denwa|keitai|(?:call|reach|ring|text) (?:me|us)(?: back)?(?: at| on)?",
  ],
  ["licence", "免許|driver'?s?'? licen[cs]e|driving licen[cs]e|licen[cs]e|menkyo"],
  ["passport", "パスポート|旅券|passport"],
  [
    "insurance",
    "健康保険|保険証|被保険者|保険者番号|国民健康保険|国保|社保|健保|資格確認書|health insurance|insurance (?:card|certificate|number|no\\b|symbol|id)|insured(?: person)?|insurer|hokensho",
  ],
  [
    "bank-account",
    "口座|普通預金|普通(?= ?[:は]? ?\\d)|当座|預金|貯金|ゆうちょ|銀行|支店|信用金庫|信金|bank|savings|(?:checking|current|deposit|yucho) account|branch|koza",
  ],
  [
    "other",
    "受付|注文|問い?合わ?せ番号|お問い?合わ?せ(?:受付)?(?:番号|no)|伝票|追跡|送り状|予約|管理番号|整理番号|契約番号|契約者番号|お?客(?:様|さま)番号|お?客(?:様|さま)ID|会員|顧客番号|請求書|領収書|レシート|シリアル|製造番号|型番|品番|商品コード|バージョン|ポート|郵便番号|〒|社員番号|学籍番号|法人番号|登録番号|認証番号|認定番号|許可番号|管理コード|チケット|案件|ケース|\\bip\\b|\\bmac\\b|\\border\\b|tracking|receipt|reference|\\bref\\b|ticket|\\bcase\\b|invoice|booking|reservation|customer (?:number|no\\b|id)|member(?:ship)? (?:number|no\\b|id)|contract|serial|model|version|\\bport\\b|\\bzip\\b|postal code|postcode|article|clause|section|corporate number|confirmation|parcel|imei|\\bsku\\b|isbn",
  ],
];
const ANY = new RegExp(WORDS.map(([, words]) => `(${words})`).join("|"), "gi");

/** Words that say what a number is, in order. */
export function labelsIn(text: string): Label[] {
  return [...text.matchAll(ANY)].flatMap((found) => {
    const which = found.slice(1).findIndex((group) => group !== undefined);
    const meaning = WORDS[which]?.[0];
    const to = found.index + found[0].length;
    return meaning ? [{ from: found.index, to, meaning }] : [];
  });
}

/** Between a label and its number when they belong together beyond doubt: "番号は、", " number is: ". */
const CLOSE =
  /^(?:番号|ナンバー|コード|証|先|の方|記号|支店|欄|[\s:;#=、,.「『"'([-]|は|が|の|も|を|って|なら|とは|です|いうと|no\b|nos\b|number|num\b|card|code|symbol|id\b|is\b|was\b|are\b|of\b|at\b|on\b|mine\b|account|me\b|wa\b|ga\b|bango)*$/i;
const CLOSE_LENGTH = 24;
/** Between a label and a number that may belong together: no other sentence. */
const LOOSE = /^[^。！？!?\n]*$/;
const LOOSE_LENGTH = 30;
/** After a number: "…が免許証の番号です". */
const AFTER =
  /^[\s)」』"']*(?:が|は|って|という(?:のが)?|、|,|-|\(|\s|is\b|was\b|as\b|my\b|our\b|the\b|his\b|her\b|私の|わたしの|僕の|自分の|うちの|こちらの|夫の|妻の|娘の|息子の|母の|父の)*$/i;
const AFTER_LENGTH = 16;

/** The words that speak of the number at `from`..`to`, and how sure it is. */
export interface Spoken {
  /** Close before or after it. */
  close: Meaning | undefined;
  /** In the same sentence before it. */
  loose: Meaning | undefined;
}

/** `labels` as of `labelsIn`. */
export function spokenOf(text: string, labels: readonly Label[], from: number, to: number): Spoken {
  let close: Meaning | undefined;
  let loose: Meaning | undefined;
  for (let i = labels.length - 1; i >= 0; i--) {
    const label = labels[i];
    if (!label || label.to > from) continue;
    if (from - label.to > LOOSE_LENGTH || loose !== undefined) break;
    const gap = text.slice(label.to, from);
    if (gap.length <= CLOSE_LENGTH && CLOSE.test(gap)) close ??= label.meaning;
    // What is nobody's must be said close by; further off the word is about something else.
    if (LOOSE.test(gap) && (label.meaning !== "other" || close === "other")) loose = label.meaning;
  }
  if (close === undefined) {
    const next = labels.find((label) => label.from >= to && label.from - to <= AFTER_LENGTH);
    if (next && AFTER.test(text.slice(to, next.from))) close = next.meaning;
  }
  return { close, loose: loose ?? close };
}
