import type { PersonalKind } from "./kind.ts";

/** What the words around a number say that it is; `other` is a number that is nobody's: a receipt, a date, a clause. */
export type Meaning = Exclude<PersonalKind, "card" | "email"> | "other";

interface Label {
  from: number;
  to: number;
  meaning: Meaning;
}

const WORDS: readonly [Meaning, string][] = [
  [
    "telephone",
    "電話|でんわ|携帯|けいたい|ケータイ|ケイタイ|スマホ|連絡先|ファック?ス|\\btel\\b|telephone|phone|mobile|\\bcell\\b|\\bfax\\b|denwa|keitai|(?:call|reach|ring|text) (?:me|us)(?: back)?(?: at| on)?",
  ],
  ["my-number", "マイナンバー|個人番号|my number(?! is [^\\d]*(?:phone|tel))|individual number"],
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
function labelsIn(text: string): Label[] {
  return [...text.matchAll(ANY)].flatMap((found) => {
    const which = found.slice(1).findIndex((group) => group !== undefined);
    const meaning = WORDS[which]?.[0];
    const to = found.index + found[0].length;
    return meaning ? [{ from: found.index, to, meaning }] : [];
  });
}

/** Between a label and its number when they belong together beyond doubt: "番号は、", " number is: ". */
const CLOSE =
  /^(?:番号|ナンバー|コード|証|先|の方|記号|支店|欄|[\s:;#=、,.「『"'([-]|は|が|の|も|を|って|なら|とは|です|いうと|no\b|nos\b|number|num\b|card|code|symbol|id\b|is\b|was\b|are\b|of\b|at\b|on\b|mine\b|account|'s\b|me\b|wa\b|ga\b|bango)*$/i;
const CLOSE_LENGTH = 24;
/** Between a label and a number that may belong together: no other statement. */
const LOOSE = /^[^。！!\n]*$/;
const LOOSE_LENGTH = 30;
/** After a number: "…が免許証の番号です". */
const AFTER =
  /^(?:[\s)」』"'、,(-]|が|は|って|という(?:のが)?|is\b|was\b|as\b|my\b|our\b|the\b|his\b|her\b|私の|わたしの|僕の|自分の|うちの|こちらの|夫の|妻の|娘の|息子の|母の|父の)*$/i;
const AFTER_LENGTH = 16;

/** The words that speak of the number at `from`..`to`, and how sure it is. */
export interface Spoken {
  /** Close before or after it. */
  close: Meaning | undefined;
  /** In the same sentence before it. */
  loose: Meaning | undefined;
}

/** The words of a text that say what a number is. */
export class Labels {
  readonly #text: string;
  readonly #labels: readonly Label[];

  constructor(text: string) {
    this.#text = text;
    this.#labels = labelsIn(text);
  }

  /** Whether any stands so near to a number at `from`..`to` that it may speak of it. */
  near(from: number, to: number): boolean {
    const next = this.#firstFrom(from);
    const last = this.#labels[next - 1];
    const first = this.#labels[next];
    return (
      (last !== undefined && from - last.to <= LOOSE_LENGTH) ||
      (first !== undefined && first.from - to <= AFTER_LENGTH)
    );
  }

  of(from: number, to: number): Spoken {
    let close: Meaning | undefined;
    let loose: Meaning | undefined;
    const next = this.#firstFrom(from);
    for (let i = next - 1; i >= 0 && loose === undefined; i--) {
      const label = this.#labels[i] as Label;
      if (from - label.to > LOOSE_LENGTH) break;
      const gap = this.#text.slice(label.to, from);
      if (gap.length <= CLOSE_LENGTH && CLOSE.test(gap)) close ??= label.meaning;
      // What is nobody's must be said close by; further off the word is about something else.
      if (LOOSE.test(gap) && (label.meaning !== "other" || close === "other")) loose = label.meaning;
    }
    const after = close === undefined ? this.#labels[this.#firstFrom(to)] : undefined;
    if (after && after.from - to <= AFTER_LENGTH && AFTER.test(this.#text.slice(to, after.from)))
      close = after.meaning;
    return { close, loose: loose ?? close };
  }

  /** Index of the first label that begins at `from` or later. */
  #firstFrom(from: number): number {
    let [low, high] = [0, this.#labels.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#labels[middle] as Label).from < from) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
