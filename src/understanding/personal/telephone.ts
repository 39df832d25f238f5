import { parsePhoneNumberFromString, validatePhoneNumberLength } from "libphonenumber-js/max";
import type { Span } from "./kind.ts";
import { spelled, type Window } from "./runs.ts";

/** Numbers that only organisations have: free of charge, navi dial, premium. Nobody is known by them. */
const BUSINESS = /^(?:0120|0570|0990|0180|00777)/;
const MOBILE = /^0[5-9]0\d{8}$/;
const FIXED = /^0[1-9]\d{8}$/;
/** International prefixes dialled from Japan, and country code 81 with or without the zero after it. */
const ABROAD = /^(?:00|010)?81(0?[5-9]0\d{8}|0?[1-9]\d{8})$/;

/** 0800 is free of charge when it is written as four digits; 080-0 is somebody's. */
function isBusiness(digits: string, shape: readonly number[]): boolean {
  return BUSINESS.test(digits) || (digits.startsWith("0800") && (shape[0] === 4 || shape[0] === 11));
}

/** A number as it is dialled within Japan, for comparing. */
export function dialled(digits: string): string {
  const abroad = ABROAD.exec(digits)?.[1];
  return abroad === undefined ? digits : abroad.replace(/^0?/, "0");
}

/** A telephone number by its digits and groups alone. `plus`: a "+" stands before it. */
export function isTelephone({ digits, shape }: Window, plus: boolean): boolean {
  if (plus) return parsePhoneNumberFromString(`+${digits}`)?.isPossible() ?? false;
  if (shape.length > 4 && !spelled(shape) && !ABROAD.test(digits)) return false;
  if (ABROAD.test(digits)) return shape.length > 1 && !spelled(shape) && (shape[0] ?? 0) <= 5;
  if (isBusiness(digits, shape)) return false;
  if (MOBILE.test(digits)) return true;
  if (!FIXED.test(digits)) return false;
  const [area = 0, local = 0, last = 0] = shape;
  if (shape.length === 3 && area >= 2 && local >= 1 && last === 4) return true;
  return parsePhoneNumberFromString(digits, "JP")?.isValid() ?? false;
}

const LISTED = /(?<![\d,、/])0[5-9]0 ?([,、/]) ?\d{4} ?\1 ?\d{4}(?![\d,、/]\d)/g;

/** "090、1234、5678": separated as only lists are otherwise. */
export function listedMobilesIn(text: string): Span[] {
  return [...text.matchAll(LISTED)].map((found) => {
    return { from: found.index, to: found.index + found[0].length, kind: "telephone" };
  });
}

/** What may be a telephone number where the words before it say so: without area code, or of another country. */
export function mayBeTelephone({ digits, shape }: Window): boolean {
  if (isBusiness(digits, shape)) return false;
  const [first = 0, second = 0] = shape;
  if (shape.length === 2 && first >= 2 && first <= 4 && second === 4) return true;
  return shape.length <= 4 && digits.length >= 7 && digits.length <= 13;
}

/** Numbers of Japan with eleven digits: mobile, IP telephones, and 0800. */
const ELEVEN = /^0[5-9]0/;

/** What is wrong with a number, if anything is. */
export type TelephoneIssue = "too-short" | "too-long" | "not-a-number" | "impossible";

/**
 * A number with or without "+", of Japan unless it says otherwise, as E.164 ("+819012345678"); or what is wrong with
 * it. Everything but digits and a "+" before them is passed over.
 */
export function e164Of(written: string): { e164: string } | TelephoneIssue {
  const plus = /^\D*\+/.test(written);
  const digits = written.replace(/\D/g, "").replace(/^0(?:10|0)(?=81)/, plus ? "$&" : "+");
  if (digits === "") return "not-a-number";
  if (!plus && !digits.startsWith("+")) {
    const length = digits.startsWith("0") ? (ELEVEN.test(digits) ? 11 : 10) : 9;
    if (digits.length < length) return "too-short";
    if (digits.startsWith("0") && digits.length > length) return "too-long";
  }
  const international = digits.startsWith("+") ? digits : `${plus ? "+" : ""}${digits}`;
  const length = validatePhoneNumberLength(international, "JP");
  if (length === "TOO_SHORT") return "too-short";
  if (length === "TOO_LONG") return "too-long";
  const number = parsePhoneNumberFromString(international, "JP");
  return number?.isValid() ? { e164: number.number } : "impossible";
}

/** A number as it is written: "090-1234-5678" for one of Japan, "+1 213 373 4253" for one abroad. */
export function writtenTelephone(e164: string): string {
  const number = parsePhoneNumberFromString(e164);
  if (!number) return e164;
  return number.countryCallingCode === "81" ? number.formatNational() : number.formatInternational();
}
