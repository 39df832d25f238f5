const JAPAN_MS = 9 * 3_600_000;

/**
 * The moment so many calendar years before `now` (both ms since 1970), by Japan's calendar: a request whose last event
 * is older has been closed for that long. 29 February counts as 1 March where there is none, so never too early.
 */
export function yearsBefore(now: number, years: number): number {
  const day = new Date(now + JAPAN_MS);
  day.setUTCFullYear(day.getUTCFullYear() - years);
  return day.getTime() - JAPAN_MS;
}
