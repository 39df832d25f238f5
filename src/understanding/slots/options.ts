import { hiragana, kanaOfRomaji, soundOf } from "../japanese/sound.ts";
import { normalize } from "../normalize.ts";
import { readable } from "./answer.ts";

/** One thing to choose: what is kept, and what people call it. The first name is shown; any language may be among them. */
export interface Option {
  readonly value: string;
  readonly names: readonly string[];
}

/** Shortest sound, name with a typo, and name inside a sentence that are believed. */
const SOUND_LENGTH = 3;
const TYPO_LENGTH = 5;
/** Longest answer that is compared by its sound. */
const SOUND_LONGEST = 60;

const PUNCTUATION = /[\s。、．，.,!?！？…~〜"“”「」『』()・:;/&+#*☆♪]+/g;
const LATIN = /[a-z0-9']/;
const FILLERS =
  /^(?:i'?d like |i would like |i want |i prefer |i choose |i'?ll take |i'?ll have |by |via |with |the |a |an |option |number |no |my |it'?s |じゃあ|では|やはり|やっぱり){1,4}|(?: please| pls| thanks| thank you| option| one|(?:で|を|に|が)?(?:お願い(?:いた)?します|おねがいします|お願い|頼みます|頼む|ください|下さい|いいです|良いです|いい|良い|希望します|希望です|希望|選びます|します|する|送って|送ってください|受け取りたいです|受け取りたい|ほしいです|ほしい|欲しいです|欲しい|お願いできますか)|になります|のほう|の方|です|だよ|だ){1,4}$/g;
/** Words that take the name before or after them out of the choice. */
const NOT_AFTER =
  /^ ?(?:以外|ではな|じゃな|でな|は(?:いや|嫌|不要|いら|要ら|だめ|ダメ|駄目|しな|除)|を除|いがい|抜き|なし)/;
const NOT_BEFORE =
  /(?:^| )(?:not|no|except|except for|but not|other than|without|besides|excluding) (?:by |via |the |an |a |to )?$/;
const NOT_REACH = 24;

/** Words and sentences in the one way in which they are compared: Japanese without spaces, kana as hiragana. */
export function keyOf(text: string): string {
  const plain = hiragana(normalize(readable(text)).replace(PUNCTUATION, " ")).trim();
  return plain.replace(/(?<![a-z0-9']) | (?![a-z0-9'])/g, "");
}
const coreOf = (key: string) => key.replace(FILLERS, "").trim();

const KANJI = "一二三四五六七八九";
const ORDINALS =
  /^(?:(1st|first)|(2nd|second)|(3rd|third)|(4th|fourth)|(5th|fifth)|(6th|sixth)|(7th|seventh)|(8th|eighth)|(9th|ninth))$/;
const CARDINALS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const COUNTER = /(?:番目|ばんめ|番|ばん|つ目|つめ|個目|こめ|号|つ)[でをにが]?$/;

/** The number that a text is ("1", "①", "2番", "二つ目", "the third one"), from 1; undefined for anything else. */
export function numberOf(text: string): number | undefined {
  const key = coreOf(keyOf(text)).replace(COUNTER, "");
  if (/^\d{1,3}$/.test(key)) return Number(key);
  const ten = /^([一二三四五六七八九])?十([一二三四五六七八九])?$/.exec(key);
  if (ten)
    return (KANJI.indexOf(ten[1] ?? "一") + 1) * 10 + KANJI.indexOf(ten[2] ?? "") * 1 + (ten[2] ? 1 : 0);
  if (key.length === 1 && KANJI.includes(key)) return KANJI.indexOf(key) + 1;
  const ordinal = ORDINALS.exec(key)
    ?.slice(1)
    .findIndex((word) => word !== undefined);
  if (ordinal !== undefined) return ordinal + 1;
  const cardinal = CARDINALS.indexOf(key);
  return cardinal < 0 ? undefined : cardinal + 1;
}

/** Whether two words differ by one letter that is wrong, missing, too much, or exchanged with its neighbour. */
function oneTypo(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) from++;
  const rest = (x: string, skip: number) => x.slice(from + skip);
  if (a.length !== b.length)
    return a.length > b.length ? rest(a, 1) === rest(b, 0) : rest(a, 0) === rest(b, 1);
  const swapped = a[from] === b[from + 1] && a[from + 1] === b[from] && rest(a, 2) === rest(b, 2);
  return swapped || rest(a, 1) === rest(b, 1);
}

const isKana = (key: string) => /^[ぁ-ゖー]+$/.test(key);
const soundOfKey = (key: string) => {
  if (key.length > SOUND_LONGEST) return "";
  const kana = kanaOfRomaji(key).replace(/ /g, "");
  return isKana(kana) ? soundOf(kana) : "";
};

/** What a text says of the options. */
export interface Mention {
  /** Values that are named, in the order of the options. */
  named: string[];
  /** Values that are named to be left out: "メール以外", "not by post". */
  excluded: string[];
}

/** Names that stand for nobody in particular amid a sentence: "my dad asked me", "私の母です". */
const PRONOUN = /^(?:me|myself|i|私|わたし|僕|ぼく|俺|おれ|自分)$/;

/** Finds options in what people write. */
export function readerOf(options: readonly Option[]) {
  const names = options.flatMap(({ value, names }) =>
    [...new Set(names.map(keyOf))]
      .filter((n) => n !== "")
      .map((name) => ({ value, name, sound: soundOfKey(name) })),
  );
  const byLength = names
    .filter(({ name }) => !PRONOUN.test(name))
    .toSorted((a, b) => b.name.length - a.name.length);
  const inOrder = (values: Iterable<string>) => {
    const set = new Set(values);
    return options.map((o) => o.value).filter((v) => set.has(v));
  };
  const valuesOf = (is: (n: (typeof names)[number]) => boolean) =>
    inOrder(names.filter(is).map((n) => n.value));

  return {
    /** By its number, from 1: the values are none (no such number) or one; undefined when it is no number. */
    byNumber(text: string): string[] | undefined {
      const number = numberOf(text);
      return number === undefined ? undefined : options.slice(number - 1, number).map((o) => o.value);
    },
    /** By exactly a name, as it is written or as it sounds, or by a name with one typo. */
    byName(text: string): string[] {
      const key = keyOf(text);
      for (const whole of new Set([key, coreOf(key)])) {
        const exact = valuesOf((n) => n.name === whole);
        if (exact.length > 0) return exact;
      }
      const core = coreOf(key);
      const sound = soundOfKey(core);
      const heard = sound.length < SOUND_LENGTH ? [] : valuesOf((n) => n.sound === sound);
      if (heard.length > 0) return heard;
      return valuesOf((n) => n.name.length >= TYPO_LENGTH && oneTypo(core, n.name));
    },
    /** By names inside a sentence; a name inside a longer one does not count. */
    inside(text: string): Mention {
      let rest = keyOf(text);
      const named: string[] = [];
      const excluded: string[] = [];
      for (const { name, value } of byLength) {
        for (let at = rest.indexOf(name); at >= 0; at = rest.indexOf(name, at + name.length)) {
          const end = at + name.length;
          const cut = (a: number) => LATIN.test(rest[a - 1] ?? "") && LATIN.test(rest[a] ?? "");
          if (cut(at) || cut(end)) continue;
          const out =
            NOT_AFTER.test(rest.slice(end, end + NOT_REACH)) ||
            NOT_BEFORE.test(rest.slice(Math.max(0, at - NOT_REACH), at));
          (out ? excluded : named).push(...valuesOf((n) => n.name === name), value);
          rest = `${rest.slice(0, at)}${"\u0001".repeat(name.length)}${rest.slice(end)}`;
        }
      }
      return { named: inOrder(named), excluded: inOrder(excluded) };
    },
  };
}
