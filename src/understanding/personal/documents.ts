import type { Span } from "./kind.ts";
import type { Spoken } from "./labels.ts";
import type { Window } from "./runs.ts";

const PASSPORT = /(?<![A-Za-z0-9])[A-Z]{2}[ -]?\d{7}(?!\d)/gi;
const PASSPORT_WORD = /パスポート|旅券|passport/i;
const FOREIGN_PASSPORT =
  /(?:パスポート|旅券|passport)(?:番号|の|は|が|:|\s|no\b\.?|number|num\b|is\b|#)*([A-Z]{0,2}\d{6,9}[A-Z]?)(?![A-Za-z0-9])/gi;

/** Passport numbers, where a passport is spoken of. Japan's are two letters and seven digits (ICAO Doc 9303). */
export function passportsIn(text: string): Span[] {
  if (!PASSPORT_WORD.test(text)) return [];
  const own = [...text.matchAll(PASSPORT)].map((f) => ({ from: f.index, to: f.index + f[0].length }));
  const foreign = [...text.matchAll(FOREIGN_PASSPORT)].map((f) => {
    const to = f.index + f[0].length;
    return { from: to - (f[1]?.length ?? 0), to };
  });
  return [...own, ...foreign].map((span) => ({ ...span, kind: "passport" }));
}

const SYMBOL_AND_NUMBER =
  /(?:記号|symbol|kigo)(?:は|が|の|:|\s|is\b)*([^\s、,。:;はがと番]{1,12}?)(?:[\s、,・;:。/-]|と|で|が|に|and\b)*(?:番号|number|no\b\.?|bango)(?:は|が|:|\s|is\b)*(\d[\d -]{0,12})/gi;
const INSURANCE_WORD = /保険|国保|社保|健保|資格確認書|insur|hoken/i;
const BANK_WORD = /ゆうちょ|郵便貯金|貯金|口座|銀行|通帳|bank|yucho|savings|post office/i;
const BRANCH = /枝番(?:号|は|:|\s)*(\d{2})(?!\d)/g;

/** "記号 12 番号 3456": of a health insurance, or of a savings book where one is spoken of. */
export function symbolsAndNumbersIn(text: string): Span[] {
  const bank = BANK_WORD.test(text) && !INSURANCE_WORD.test(text);
  const kind = bank ? "bank-account" : "insurance";
  const spans: Span[] = [];
  for (const found of text.matchAll(SYMBOL_AND_NUMBER)) {
    const [all, symbol = "", number = ""] = found;
    const at = found.index + all.indexOf(symbol, 2);
    const to = found.index + all.trimEnd().length;
    spans.push({ from: at, to: at + symbol.length, kind });
    spans.push({ from: found.index + all.length - number.length, to, kind });
  }
  if (INSURANCE_WORD.test(text) || spans.length > 0)
    for (const found of text.matchAll(BRANCH)) {
      const to = found.index + found[0].length;
      spans.push({ from: to - 2, to, kind: "insurance" });
    }
  return spans;
}

/** A driving licence: twelve digits (Ordinance for Enforcement of the Road Traffic Act, form 14). */
export const isLicence = ({ digits, shape }: Window): boolean => digits.length === 12 && shape.length <= 4;

/** A calendar date in digits: "20240401", "2024-04-01", or a year alone. */
export function isDate({ digits, shape }: Window): boolean {
  if (/^(?:19|20)\d\d$/.test(digits)) return true;
  const date = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(digits);
  return (date && shape.length !== 2) || /^4,[12],[12]$/.test(shape.join());
}

/** Numbers of a health insurance have two to eight digits, so that only words can tell them. */
export function isInsurance({ digits, shape }: Window, spoken: Spoken): boolean {
  if (isDate({ digits, shape } as Window) || shape.length > 3) return false;
  if (spoken.close === "insurance") return digits.length >= 3 && digits.length <= 14;
  return digits.length >= 6 && digits.length <= 8 && shape.length === 1;
}

/** Seven digits at a bank, five and eight (the last one a 1) at Japan Post; with a branch's three before them. */
const ACCOUNTS = new Set(["7", "3,7", "3,4", "4,3", "5,8", "5,7", "5,1,8", "5,1,7", "5,6"]);

export function isAccount(window: Window, spoken: Spoken): boolean {
  if (isDate(window)) return false;
  const shape = window.shape.join();
  if (ACCOUNTS.has(shape)) return shape !== "3,4" || spoken.close === "bank-account";
  return spoken.close === "bank-account" && (shape === "6" || shape === "8");
}
