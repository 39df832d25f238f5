/** A text as the detectors read it, and the way back to what was typed. */
export interface Plain {
  /** Narrow letters and digits, kanji digits of long numbers as digits, no invisible characters. */
  text: string;
  /** Where in `typed` each character of `text` stands. */
  at: readonly number[];
  /** Code points as they were typed. */
  typed: readonly string[];
}

const SKIPPED = /[\p{Default_Ignorable_Code_Point}\p{M}]/u;
const DIGIT = /\p{Nd}/u;
const KANJI = "〇零一二三四五六七八九";
const VALUES = "00123456789";
/** A number written in kanji digits, also "〇九〇の一二三四の五六七八"; shorter ones are words such as "三月". */
const KANJI_RUN = /[〇零一二三四五六七八九](?:[ \-‐‑‒–—―−ー・()の]{0,2}[〇零一二三四五六七八九\d])+/g;
const KANJI_DIGITS = 7;

function narrow(c: string): string {
  const code = c.codePointAt(0) ?? 0;
  if (code < 0x80) return c;
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (code === 0x3000 || code === 0xa0) return " ";
  if (DIGIT.test(c)) {
    const digit = c.normalize("NFKC");
    if (/^\d$/.test(digit)) return digit;
  }
  return c.length === 1 ? c : "\ufffd";
}

function digitsOfKanji(run: string): string {
  if ((run.match(/[^ \-‐‑‒–—―−ー・()の]/g)?.length ?? 0) < KANJI_DIGITS) return run;
  return run.replace(/[〇零一二三四五六七八九]/g, (c) => VALUES[KANJI.indexOf(c)] ?? c);
}

export function plainOf(typed: string): Plain {
  const points = Array.from(typed);
  const at: number[] = [];
  let text = "";
  for (const [i, c] of points.entries()) {
    if (c > "\x7f" && SKIPPED.test(c)) continue;
    text += narrow(c);
    at.push(i);
  }
  return { text: text.replace(KANJI_RUN, digitsOfKanji), at, typed: points };
}
