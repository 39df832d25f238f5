import { readable } from "./answer.ts";
import { type Found, type Parser, right, wrong } from "./parser.ts";
import { MOST_NAME, maskedName, nameLine } from "./person-name.ts";
import { withoutReproach } from "./reproach.ts";

const BEFORE =
  /^(?:(?:えっと|えーと|あの|はい|すみません|こんにちは|はじめまして|初めまして)[\s、,。.:!]{1,9}|(?:hi|hello|well|yes|sure|um|ok|okay)(?:[,.:!]\s{0,9}|\s(?=my |i'm |i am |i’m |it's |this is ))){0,3}(?:(?:私|わたし|わたくし|僕|ぼく|俺|自分)(?:の(?:名前|氏名|本名))?(?:は|の名は|、)[\s、]{0,9}|(?:お?名前|ご?氏名|本名|名)(?:は|が|：|:)[\s、:]{0,9}|(?:my (?:full |legal |real )?name(?: is|'s|:)|(?:full )?name(?: is|:)|i am|i'm|i’m|this is|it is|it's|it’s|call me|the name(?:'s| is))\s{1,9})?/i;
const AFTER =
  /[\s、,]{0,9}(?:と申します|ともうします|と申す者です|と言います|といいます|っていいます|って言います|という者です|でございます|になります|だよ|です|please|thanks|thank you)[ねよ]?[\s、,。.!！…]{0,9}$/i;
const STOP = /(?:[\s、,。!！…]{1,9}|(?<=[^\s.,]{4})\.)$/;
const QUOTES = /^[「『"“(（]([^「」『』"“”()（）]*)[」』"”)）]$/;

const DIGIT = /\p{Nd}/u;
/** Letters of any script with their marks, Roman numerals, joiners, and what stands between names. */
const NAME = /^(?:[\p{L}\p{M}\p{Nl} '’‘`´\-‐‑–―−・･·.,()（）゠＝=〃]|\u200c|\u200d)*$/u;
const ADDRESS = /@|＠|https?:|www\.|\.(?:com|net|jp)(?![A-Za-z])/i;

const POLITE =
  /[\s、,。]{0,9}(?:どうぞ)?(?:よろしく)?(?:お願い|おねがい)(?:いた|致)?します[。.!！]{0,9}$|[\s、,。]よろしく[。!！]{0,9}$/;
/** Somebody who says that they will not say it, or asks back. */
const NO_NAME =
  /(?:ません|ました|ください|下さい|たくない|ですか|わからない|分からない|知らない|いやだ|嫌だ)$/;

const bareName = (line: string): string =>
  line
    .replace(POLITE, "")
    .replace(BEFORE, "")
    .replace(AFTER, "")
    .replace(STOP, "")
    .replace(QUOTES, "$1")
    .trim();

/** Where somebody says what they are called, beyond doubt: up to 40 characters. */
const SAID = [
  /(?:名前|氏名|本名)は[「、\s]?([^、。「」\n\r!！?？\d@]{1,40}?)(?=です|でございます|と申|といい|と言|」|[、。\n\r]|$)/gu,
  /(?<=^|[、。\s]|は)([々ぁ-ー\u3400-\u9fff\uf900-\ufaff\ud800-\udfff 　]{1,12}?)と(?:申|もう)します/g,
  /(?<![A-Za-z])(?:my (?:full )?name is|my name's|my name’s) (\p{Lu}[\p{L}\p{M}'’.-]{0,39}(?: (?:(?:de|da|del|della|di|van|von|der|den|bin|al|la|le|dos) ){0,2}\p{Lu}[\p{L}\p{M}'’-]{0,39}){0,4})/gu,
];
/** A sentence rather than a name, if it says the name inside. */
const WORDS = 8;
const PRONOUN = /^(?:私|わたし|わたくし|僕|ぼく|俺)は/;

/** A person's name as they spell it. */
export const name: Parser<string> = {
  kind: "name",
  parse(typed, ask) {
    const line = withoutReproach(nameLine(typed));
    const value = bareName(line);
    if (/[。！!?？]/.test(value) || value.split(" ").length > WORDS) {
      const found = name.find(typed, ask);
      if (found.length === 1 && found[0]) return right(found[0].value);
    }
    if (ADDRESS.test(line)) return wrong("symbols");
    if (value === "" || NO_NAME.test(value)) return wrong("empty");
    if (DIGIT.test(value)) return wrong("digits");
    if (Array.from(value).length > MOST_NAME) return wrong("too-long");
    if (!NAME.test(value)) return wrong("symbols");
    return /\p{L}/u.test(value) ? right(value) : wrong("empty");
  },
  find(typed, ask) {
    const text = readable(typed);
    const found: Found<string>[] = [];
    const all = SAID.flatMap((said) => [...text.matchAll(said)]).sort((a, b) => a.index - b.index);
    for (const match of all) {
      const [whole, said = ""] = match;
      const own = said.replace(PRONOUN, "").trim();
      const from = match.index + whole.lastIndexOf(own);
      const read = name.parse(own, ask);
      if (!read.ok || from < (found.at(-1)?.to ?? 0)) continue;
      found.push({ value: read.value, from, to: from + own.length });
    }
    return found;
  },
  show: (value) => value,
  masked: maskedName,
};
