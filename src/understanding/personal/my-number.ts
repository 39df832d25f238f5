import { spelled, type Window } from "./runs.ts";

const SHAPES = new Set(["12", "4,4,4", "3,3,3,3", "6,6"]);

/**
 * The check digit of an Individual Number: Order for Enforcement of the Act on the Use of Numbers to Identify a
 * Specific Individual (Ministry of Internal Affairs and Communications), article 5.
 */
export function myNumberCheckDigit(eleven: string): number {
  let sum = 0;
  for (let n = 1; n <= 11; n++) sum += Number(eleven[11 - n]) * (n <= 6 ? n + 1 : n - 5);
  const rest = sum % 11;
  return rest <= 1 ? 0 : 11 - rest;
}

/** Twelve digits whose check digit is right; twelve equal ones are an example, not somebody's number. */
export function isMyNumber({ digits, shape }: Window): boolean {
  if (digits.length !== 12 || /^(\d)\1*$/.test(digits)) return false;
  if (!SHAPES.has(shape.join()) && !spelled(shape)) return false;
  return myNumberCheckDigit(digits.slice(0, 11)) === Number(digits[11]);
}
