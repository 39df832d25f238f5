/**
 * Receipt numbers and codes that are read aloud and typed again: capitals and digits, without 0 and O, 1 and I.
 *
 * A receipt number is nine random letters (45 bits) and a check letter. Letters are the elements of GF(32), the field
 * of polynomials over GF(2) modulo x^5 + x^2 + 1, whose element x is primitive. The letter at place i weighs x^i, and
 * the weighted letters add up to zero. A wrong letter changes the sum by x^i * d, never zero. Two letters exchanged
 * change it by (x^i + x^j) * d, never zero either, since the ten powers differ: any one wrong letter and any two
 * exchanged ones, neighbours or not, are found.
 */
const LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const RECEIPT_LENGTH = 10;
const CODE_LENGTH = 8;
/** x^5 + x^2 + 1 */
const MODULUS = 0b100101;

/** As of `Parser.parse`; an issue is `length`, `letter` (one that does not exist: 0, O, 1, I) or `check`. */
export type Read = { ok: true; value: string } | { ok: false; issue: "length" | "letter" | "check" };

/** Gives as many random bytes as it is asked for, such as `crypto.randomBytes`. */
export type Random = (bytes: number) => Uint8Array;

const timesX = (a: number): number => (a & 0b10000 ? (a << 1) ^ MODULUS : a << 1);

/** The weighted sum of letters, by Horner's rule from the last place to the first. */
function sumOf(letters: string): number {
  let sum = 0;
  for (let i = letters.length - 1; i >= 0; i--) sum = timesX(sum) ^ LETTERS.indexOf(letters[i] ?? "");
  return sum;
}

/** The last letter that makes the sum zero: weights are 32 different ones at most, so one of them does. */
const checkOf = (letters: string): string =>
  Array.from(LETTERS).find((check) => sumOf(letters + check) === 0) ?? "";

/** 32 divides 256: each letter is as likely as another. */
const randomLetters = (random: Random, length: number): string =>
  Array.from(random(length), (byte) => LETTERS[byte & 31]).join("");

/** A new receipt number, without hyphens, as it is kept. */
export function newReceipt(random: Random): string {
  const letters = randomLetters(random, RECEIPT_LENGTH - 1);
  return letters + checkOf(letters);
}

/** `XXX-XXX-XXXX` */
export const showReceipt = (receipt: string): string =>
  `${receipt.slice(0, 3)}-${receipt.slice(3, 6)}-${receipt.slice(6)}`;

/** A receipt number as typed: any case and width, with or without hyphens and spaces. */
export function readReceipt(text: string): Read {
  const read = readLetters(text, RECEIPT_LENGTH);
  return read.ok && sumOf(read.value) !== 0 ? { ok: false, issue: "check" } : read;
}

/** A new code that only its holder knows (status, resume): five random bits a letter, no check letter. */
export const newCode = (random: Random, length = CODE_LENGTH): string => randomLetters(random, length);

/** `XXXX-XXXX` */
export const showCode = (code: string): string => code.match(/.{1,4}/g)?.join("-") ?? "";

/** A code as typed: any case and width, with or without hyphens and spaces. */
export const readCode = (text: string, length = CODE_LENGTH): Read => readLetters(text, length);

/** Spaces, every hyphen and long-vowel mark that stands for one, dots and quotation marks. */
const BETWEEN = /[\s\p{Pd}\u2212\u30fc\uff70\p{Default_Ignorable_Code_Point}._'"]+/gu;
/** Longest text that may hold one: hyphens and spaces between all letters. */
const LONGEST = 100;

function readLetters(text: string, length: number): Read {
  const letters = text.slice(0, LONGEST).normalize("NFKC").replace(BETWEEN, "").toUpperCase();
  if (letters.length !== length || text.length > LONGEST || !/^[0-9A-Z]+$/.test(letters))
    return { ok: false, issue: "length" };
  return /[01IO]/.test(letters) ? { ok: false, issue: "letter" } : { ok: true, value: letters };
}
