import { katakanaOfName } from "../japanese/sound.ts";
import { answerOf, readable, unframed } from "./answer.ts";
import { type Found, type Parser, right, wrong } from "./parser.ts";
import { MOST_NAME, maskedName } from "./person-name.ts";
import { withoutReproach } from "./reproach.ts";

const LABEL =
  /^(?:(?:名前|氏名|私の名前)の)?(?:フリガナ|ふりがな|ヨミガナ|読み仮名|読みがな|よみがな|読み方|読み|よみ|カナ|かな)(?:は|が|：|:)[\s、:]{0,9}|^(?:it is|it's)(?: read| pronounced)?\s{1,9}|^(?:(?:the |my )?(?:reading|kana)(?: is|:))[\s:]{1,9}/i;
const END = /(?:と(?:読み|よみ|申し)ます|って読みます|でございます|だよ)$/;
const KANJI = /\p{Script=Han}/u;
const KATAKANA = /^[ァ-ヺー・ ゠]+$/;
const SAID =
  /(?:フリガナ|ふりがな|ヨミガナ|よみがな|読み仮名|読み方|読み|よみ)(?:は|:|：)[「\s]?([ぁ-ゖァ-ヺー・ 　ｦ-ﾟ]{1,60})/g;
const IDEOGRAPHIC_ITERATION = /[々〆〇]/;

/** How a name is read, in kana or romaji; kept as katakana. */
export const kana: Parser<string> = {
  kind: "kana",
  parse(typed) {
    const answer = unframed(answerOf(withoutReproach(typed)), LABEL)
      .replace(END, "")
      .trim();
    if (answer === "") return wrong("other");
    if (KANJI.test(answer) || IDEOGRAPHIC_ITERATION.test(answer)) return wrong("kanji");
    if (Array.from(answer).length > MOST_NAME) return wrong("too-long");
    const value = katakanaOfName(answer);
    return KATAKANA.test(value) && /[ァ-ヺ]/.test(value) ? right(value) : wrong("other");
  },
  find(typed, ask) {
    const found: Found<string>[] = [];
    for (const match of readable(typed).matchAll(SAID)) {
      const said = match[1] ?? "";
      // "です" runs on in hiragana.
      const own = said.replace(/(?:です|と(?:いい|もうし|よみ)ます|でした|になります).*$/, "").trim();
      const read = own === "" ? undefined : kana.parse(own, ask);
      const from = match.index + match[0].length - said.length + said.indexOf(own);
      if (read?.ok) found.push({ value: read.value, from, to: from + own.length });
    }
    return found;
  },
  show: (value) => value,
  masked: maskedName,
};
