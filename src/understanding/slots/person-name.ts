import { readable } from "./answer.ts";

/** Longest name that is kept, in characters. */
export const MOST_NAME = 200;

/** What hides in pasted text. Joiners and variation selectors stay: they are part of some names (葛󠄀). */
const HIDDEN = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
const SPACES = /[\s\p{Cc}]+/gu;
const NARROW = /[\uff01-\uff1c\uff1e-\uff5e\uff61-\uff9f]+/g;
/** Ideographs are left alone: normalizing would exchange some of the rarer ones for their cousins. */
const NO_IDEOGRAPHS = /[^\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu;

/** A name on one line, with every character of its spelling: full-width Latin narrow, half-width kana wide. */
export const nameLine = (text: string): string =>
  readable(text)
    .replace(HIDDEN, "")
    .replace(NARROW, (run) => run.normalize("NFKC"))
    .replace(NO_IDEOGRAPHS, (run) => run.normalize("NFC"))
    .replace(SPACES, " ")
    .trim();

const graphemes = new Intl.Segmenter("ja", { granularity: "grapheme" });

/** The first character of each word of a name: "山***", "T*** Y***". */
export const maskedName = (name: string): string =>
  name
    .split(" ")
    .map((word) => `${graphemes.segment(word)[Symbol.iterator]().next().value?.segment ?? ""}***`)
    .join(" ");
