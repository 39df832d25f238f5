/** A restart is over within seconds: so many tries come quickly, in steps of a few seconds at the most. */
const QUICK_TRIES = 12;
const FIRST_MS = 400;
const [LONGEST_QUICK_MS, LONGEST_MS] = [3_000, 20_000];

/**
 * How long to wait after so many tries (from 1) that led nowhere, in milliseconds: longer and longer, and never the same
 * for all who lost the same server.
 */
export function waitMs(tries: number): number {
  const longest = tries <= QUICK_TRIES ? LONGEST_QUICK_MS : LONGEST_MS;
  return Math.min(longest, FIRST_MS * 2 ** (tries - 1)) * (0.5 + Math.random() / 2);
}
