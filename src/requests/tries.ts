/** Wrong tries within the window before what is tried is locked. */
const TRIES = 5;
/** How long wrong tries count together, and how long a lock lasts. */
const WINDOW_MS = 86_400_000;

/** A wrong try older than this changes nothing any more: its lock may have come a window later and lasts another one. */
export const FORGET_TRIES_MS = 2 * WINDOW_MS;

/** Whether earlier wrong tries (their times, in any order) lock what is tried at `now`. */
export function isLocked(tries: readonly number[], now: number): boolean {
  const last = [...tries].sort((a, b) => b - a).slice(0, TRIES);
  const [newest, oldest] = [last[0], last[TRIES - 1]];
  if (newest === undefined || oldest === undefined) return false;
  return newest - oldest < WINDOW_MS && now < newest + WINDOW_MS;
}
