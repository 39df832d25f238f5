import type { Random } from "./receipt.ts";

/** How long a code is good. */
export const CODE_MS = 600_000;
/** Wrong tries in the whole life of a request: after them no code is mailed for it any more, and the papers decide. */
export const CODE_TRIES = 5;
const RESEND_MS = 60_000;
const DAY_MS = 86_400_000;
const SENDS_A_DAY = 5;
const CODES = 1_000_000;
/** The most times that a million goes into 32 bits. */
const FAIR = Math.floor(2 ** 32 / CODES) * CODES;

/** Six random digits, each code as likely as another. */
export function newDigits(random: Random): string {
  for (;;) {
    const [a = 0, b = 0, c = 0, d = 0] = random(4);
    const drawn = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
    if (drawn < FAIR) return String(drawn % CODES).padStart(6, "0");
  }
}

/** Longest message that is looked at for a code. */
const LONGEST = 40;

/**
 * Whether a message gives a code: the digits of one number in any width, in groups or with a few words around it. Six of
 * them are a code (`value`), another count of three or more is a mistyped one (no value). Undefined: it gives none.
 */
export function readDigits(text: string): { value?: string } | undefined {
  if (text.length > LONGEST) return undefined;
  const plain = text.normalize("NFKC").replace(/(?<=\d)[\s\p{Pd}・.]+(?=\d)/gu, "");
  const runs = plain.match(/\d+/g) ?? [];
  const [only] = runs;
  if (!only || runs.length !== 1 || only.length < 3 || only.length > 10) return undefined;
  return only.length === 6 ? { value: only } : {};
}

/** Whether a code may be mailed now; `seconds`: when the next one may be. */
export type MaySend = { may: "send" } | { may: "wait"; seconds: number } | { may: "enough" | "no" | "done" };

/** What the codes that were mailed lately (their times, in any order) leave: one a minute, five a day. */
export function roomFor(sends: readonly number[], now: number): MaySend {
  const today = sends.filter((at) => at > now - DAY_MS);
  if (today.length >= SENDS_A_DAY) return { may: "enough" };
  const wait = Math.max(0, ...today) + RESEND_MS - now;
  return wait > 0 ? { may: "wait", seconds: Math.ceil(wait / 1_000) } : { may: "send" };
}
