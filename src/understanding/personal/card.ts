import { spelled, type Window } from "./runs.ts";

/** First digits and lengths of the networks that issue cards (ISO/IEC 7812; the networks' own tables). */
const NETWORKS: readonly [first: RegExp, lengths: readonly number[]][] = [
  [/^4/, [16, 19]], // Visa
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]], // Mastercard
  [/^3[47]/, [15]], // American Express
  [/^35(?:2[89]|[3-8])/, [16, 17, 18, 19]], // JCB
  [/^3(?:0[0-59]|[689])/, [14, 16, 19]], // Diners Club
  [/^6(?:011|4[4-9]|5)/, [16, 19]], // Discover
  [/^62/, [16, 17, 18, 19]], // UnionPay
];

/** ISO/IEC 7812-1, annex B. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 1 : 2);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

export function isCard({ digits, shape }: Window): boolean {
  if (digits.length < 14) return false;
  if (!spelled(shape) && (shape.length > 5 || shape.some((n) => n < 3))) return false;
  const known = NETWORKS.some(([first, lengths]) => lengths.includes(digits.length) && first.test(digits));
  return known && luhn(digits);
}
