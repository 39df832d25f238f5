import { MAX_MESSAGE } from "../normalize.ts";
import { plainOf } from "../personal/plain.ts";

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const SPACES = /[\s\p{Cc}]+/gu;

/** What is read of a message: well-formed, at most `MAX_MESSAGE` units. */
export const readable = (text: string): string => text.slice(0, MAX_MESSAGE).toWellFormed();

/**
 * A message as an answer on one line: narrow letters and digits, wide kana, nothing invisible, spaces folded. Letters
 * keep their case.
 */
export function answerOf(text: string): string {
  return readable(text).replace(INVISIBLE, "").normalize("NFKC").replace(SPACES, " ").trim();
}

const BEFORE =
  /^(?:ええ?っ?と|えーっ?と|あの[うー]?|はい|すみません|すいません|こんにちは|では|じゃあ|well|umm?|uhh?|ok(?:ay)?|yes|sure|hi|hello|sorry)[\s、,。.:!…]{1,9}/i;
const AFTER =
  /[\s、,。.!…]{0,9}(?:(?:で|を|に|へ|と)?(?:お願い|おねがい)(?:いた)?し(?:ます|たいです)|(?:で|を)(?:お願い|おねがい)|(?:で)?よろしく(?:お願いします)?|になります|となります|でございます|であります|(?:だ|だった)?と思います|でした|なんですけど|ですけど|ですが|です|だよ|だけど|please|pls|thanks|thank you)(?:[ねよ]|だね)?[\s、,。.!…]{0,9}$/i;
const STOPS = /[\s、,。!…]{1,9}$/;
const QUOTES = /^[「『"“<(（]([^「」『』"“”<>()（）]*)[」』"”>)）]$/;
/** Layers of politeness that are taken off. */
const LAYERS = 4;

/**
 * An answer without what people say around it: "えっと、090…です。よろしくお願いします", "my number is 090…, thanks".
 * `label` matches the name of what was asked for, with its particle, at the beginning.
 */
export function unframed(answer: string, label?: RegExp): string {
  let bare = answer;
  for (let i = 0; i < LAYERS; i++) {
    let next = bare.replace(BEFORE, "");
    if (label) next = next.replace(label, "");
    next = next.replace(AFTER, "").replace(STOPS, "").replace(QUOTES, "$1").trim();
    if (next === bare || next === "") break;
    bare = next;
  }
  return bare;
}

/** A text as the detectors of personal numbers read it, and where each of its characters stands in what was typed. */
export function searchable(text: string): { text: string; offset: (at: number) => number } {
  const read = readable(text);
  const plain = plainOf(read);
  const starts: number[] = [];
  let unit = 0;
  for (const point of plain.typed) {
    starts.push(unit);
    unit += point.length;
  }
  return {
    text: plain.text,
    // A mark on the last character belongs to it, so that the end is the next character's beginning.
    offset: (at) => (at < plain.at.length ? (starts[plain.at[at] ?? 0] ?? unit) : unit),
  };
}
