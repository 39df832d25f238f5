/** Longest message that is read, in UTF-16 units; a longer one is kindly refused on every channel. */
export const MAX_MESSAGE = 2_000;

/** Zero-width and bidirectional controls, variation selectors, soft hyphen, byte order mark. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|[\ufff0-\uffff]/gu;
const CONTROL = /[\p{Cc}\u2028\u2029]+/gu;
/** Characters outside the basic plane: emoji and rare kanji. kuromoji loses the words behind two emoji in a row. */
const ASTRAL = /[\u{10000}-\u{10ffff}]/gu;
const MARKS = /(\p{Mn})\p{Mn}+/gu;
const RUN = /(.)\1{3,}/g;
const SPACES = /\s+/g;

/**
 * Text as understanding reads it: well-formed, NFKC (full-width letters narrow, half-width kana wide), lower case,
 * without controls, invisible characters and emoji, runs of one character cut to three, spaces folded.
 * Empty in, empty out. What the customer typed is kept elsewhere, byte for byte.
 */
export function normalize(text: string): string {
  return text
    .toWellFormed()
    .slice(0, MAX_MESSAGE)
    .toWellFormed()
    .replace(INVISIBLE, "")
    .normalize("NFKC")
    .slice(0, MAX_MESSAGE * 2)
    .replace(ASTRAL, " ")
    .replace(CONTROL, " ")
    .replace(MARKS, "$1")
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[〜～]/g, "ー")
    .toLowerCase()
    .replace(RUN, "$1$1$1")
    .replace(SPACES, " ")
    .trim();
}
