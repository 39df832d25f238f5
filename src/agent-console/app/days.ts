const DAY_MS = 86_400_000;
/** Japan has no summer time. */
const JAPAN_MS = 9 * 3_600_000;

/** The last `days` days up to the one that it is in Japan at `now`, as YYYY-MM-DD; both are included. */
export function daysUntil(now: number, days: number): { from: string; to: string } {
  const on = (at: number) => new Date(at + JAPAN_MS).toISOString().slice(0, 10);
  return { from: on(now - (days - 1) * DAY_MS), to: on(now) };
}
