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
function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 1 : 2);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

/** How people set the groups apart; or not at all, or digit by digit. */
const SHAPES = new Set([
  "4,4,4,4",
  "4,6,5",
  "4,6,4",
  "4,4,4,4,3",
  "4,4,4,3",
  "4,4,4,2",
  "8,8",
  "4,4,8",
  "4,12",
  "6,10",
]);

export function isCard({ digits, shape }: Window): boolean {
  if (shape.length > 1 && !spelled(shape) && !SHAPES.has(shape.join())) return false;
  const known = NETWORKS.some(([first, lengths]) => lengths.includes(digits.length) && first.test(digits));
  return known && luhn(digits);
}
