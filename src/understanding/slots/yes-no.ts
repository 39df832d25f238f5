import type { Locale } from "../../reply/locale.ts";
import { hiragana } from "../japanese/sound.ts";
import { normalize } from "../normalize.ts";
import { readable } from "./answer.ts";
import { type Parser, right, wrong } from "./parser.ts";

type Sense = "yes" | "no" | "neither";

/** Words that make up a yes or a no, spaces and punctuation aside; the first of each is how it is shown back. */
const WORDS: Readonly<Record<Locale, Readonly<Record<Sense, string>>>> = {
  ja: {
    yes: "はい はーい はいはい はいはーい ええ えぇ うん うんうん そう そうです そうですね そうだ そうだよ そうして そうしてください そうして下さい 間違ってません 間違っていません そうだね その通り そのとおり 合ってます 合っています 合ってる あってます あっています あってる 正しい 間違いない 間違いありません まちがいない まちがいありません 問題ない 問題ありません 構わない 構いません かまいません お願いします お願いいたします お願い致します おねがいします お願い おねがい 頼みます 頼む よろしく よろしくお願いします よろしくお願いいたします もちろん 勿論 おっけー おっけ おけ おけー おーけー ok okay yes 了解 りょうかい 承知しました 分かりました わかりました 同意します 同意する 同意しました 賛成 いいよ いいですよ よいです よろしいです 希望します 希望する 必要 いる いります 要る 要ります 欲しい ほしい したい したいです します する 送って 送ってください 送信してください 送信します 進めて 進めてください 続けて 続けてください やって やってください あります ある いえす hai onegaishimasu sou soudesu 👍 🙆 ⭕ ○ ◯",
    no: "いいえ いえ いえいえ いーえ no いや いやいや いやだ 嫌 嫌だ ううん 違う 違います 違うよ 違った ちがう ちがいます そうじゃない そうではない そうではありません そうじゃありません 合ってない 合っていません 合ってません 正しくない 正しくありません 間違い 間違いです 間違っています 間違ってます 間違ってる いらない いりません 要らない 要りません 不要 必要ない 必要ありません 必要なし 結構です けっこうです 結構 だめ 駄目 のー しない しません したくない したくありません やめる やめます やめて やめてください やめておきます やめとく やめときます 希望しない 希望しません お断りします 断ります 同意しない 同意しません 同意できない 同意できません 反対 遠慮します ご遠慮します 遠慮しておきます ない なし ありません 送らない 送らないで 送らないでください 送信しない 送信しないで 送信しないでください iie chigau chigaimasu 👎 🙅 ❌ × ✕ ✖",
    neither:
      "じゃあ それじゃあ では それでは 大丈夫 大丈夫です だいじょうぶ だいじょうぶです いいです です だ ね よ でした ございます ですね ですよ ます あの えっと えーと すみません すいません ごめんなさい 申し訳ありません 申し訳ないです ありがとう ありがとうございます どうも それで これで それでいい それでいいです 今は 今回は まだ 特に 別に 全然 絶対 絶対に 本当に 全部 で を desu",
  },
  en: {
    yes: "yes|yes i do|yep|yup|yeah|yea|ya|yah|y|aye|sure|sure thing|ok|okay|k|of course|certainly|absolutely|definitely|indeed|correct|that's correct|that is correct|this is correct|it's correct|it is correct|all correct|right|that's right|that is right|exactly|true|agreed|i agree|i consent|i accept|accept|i do|i am|i would|i will|i want to|it is|they are|please do|do it|go ahead|please go ahead|carry on|send it|please send it|send|submit|submit it|confirm|confirmed|i confirm|sounds good|looks good|all good|affirmative|by all means|why not|no problem|not a problem|no doubt",
    no: "no|nope|nah|naw|n|no way|no thanks|no thank you|not really|not at all|never|never mind|i don't|i do not|i dont|don't|do not|dont|i'm not|i am not|im not|it isn't|it is not|it's not|isn't|not|not now|not yet|no need|not necessary|wrong|that's wrong|that is wrong|it's wrong|incorrect|that's incorrect|that is incorrect|that's not correct|that's not right|that is not correct|that is not right|not correct|not right|not true|i disagree|disagree|i decline|decline|i refuse|i won't|i wouldn't|i'd rather not|i would rather not|rather not|don't send it|do not send it|negative|not agreed|i don't agree|i do not agree|i don't want to|i do not want to|i don't want it|i don't need it|stop",
    neither:
      "fine|that's fine|that is fine|please|thanks|thank you|thank you very much|thx|well|um|uh|oh|and|sir|madam|that|it",
  },
};

const fold = (words: string) => hiragana(words.toLowerCase());
const SENSES = ["yes", "no", "neither"] as const;
const listOf = (locale: Locale, sense: Sense) => WORDS[locale][sense].split(locale === "ja" ? " " : "|");

/** Folded words of a language with their sense, and how many letters the longest has. */
function lexicon(locale: Locale): { senses: ReadonlyMap<string, Sense>; longest: number } {
  const senses = new Map<string, Sense>();
  for (const sense of SENSES) for (const word of listOf(locale, sense)) senses.set(fold(word), sense);
  return { senses, longest: Math.max(...[...senses.keys()].map((w) => w.length)) };
}
const JA = lexicon("ja");
const EN = lexicon("en");

/** Longest answer that can be one. */
const LONGEST = 60;
const PUNCTUATION = /[\s。、．，.,!?！？…~〜'"「」()♪☆]+/g;
const THUMBS = /[👍👎🙆🙅⭕❌]/gu;
const LETTER = /[a-z]/;
/** Said alone, or with nothing but thanks, it agrees. */
const PLEASE = /^please(?: and thank you)?$/;

/** The senses of a text that consists of the lexicon's words alone, the longest word first; undefined otherwise. */
function sensesOf(text: string, { senses, longest }: typeof JA): Set<Sense> | undefined {
  const found = new Set<Sense>();
  for (let at = 0; at < text.length; ) {
    if (text[at] === " ") {
      at++;
      continue;
    }
    let length = Math.min(longest, text.length - at);
    for (; length > 0; length--) {
      const cut = LETTER.test(text[at + length - 1] ?? "") && LETTER.test(text[at + length] ?? "");
      if (!cut && senses.has(text.slice(at, at + length))) break;
    }
    if (length === 0) return undefined;
    found.add(senses.get(text.slice(at, at + length)) as Sense);
    at += length;
  }
  found.delete("neither");
  return found;
}

/** Yes or no, in either language. What may mean both ("いいです", "大丈夫です") or says both is `unclear`. */
export const yesNo: Parser<boolean> = {
  kind: "yes-no",
  parse(typed) {
    const signs: string[] = [];
    const worded = readable(typed).replace(THUMBS, (sign) => {
      if (signs.length < LONGEST) signs.push(sign);
      return " ";
    });
    const plain = normalize(worded).replace(/'/g, "’").replace(PUNCTUATION, " ").replace(/’/g, "'").trim();
    if (plain.length + signs.length > LONGEST) return wrong("unclear");
    if (PLEASE.test(plain)) return right(true);
    const all = fold([plain, ...new Set(signs)].join(" "));
    for (const read of [sensesOf(all, JA), sensesOf(all, EN)]) {
      if (read?.size === 1) return right(read.has("yes"));
    }
    return wrong("unclear");
  },
  find: () => [],
  show: (value, { locale }) => {
    const word = listOf(locale, value ? "yes" : "no")[0] ?? "";
    return word.charAt(0).toUpperCase() + word.slice(1);
  },
  masked: (value, ask) => yesNo.show(value, ask),
};
