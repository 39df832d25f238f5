import { parsePhoneNumberFromString } from "libphonenumber-js/max";
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
