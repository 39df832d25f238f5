import holidayJp from "@holiday-jp/holiday_jp";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Japan has had no summer time since 1951. */
const JAPAN_MS = 9 * HOUR_MS;

/** The years whose holidays the table knows; those not yet announced stand in it as the law of today gives them. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2050;

const dayAt = (utcMs: number): string => new Date(utcMs).toISOString().slice(0, 10);

/**
 * Whether a day ("YYYY-MM-DD", in Japan) is one on which the desk works: no Saturday, Sunday or national holiday (Act
 * on National Holidays), nor 29 December to 3 January, when public offices rest (Act on Holidays of Administrative
 * Organs, article 1).
 *
 * The table of holidays ends with 2050. The government announces the two equinoxes of a year in the February before,
 * and laws change: days further off than that are forecasts, right again with the next version of the table. Throws a
 * `RangeError` for a year outside the table, which is a bug or an old table, and never happens to a request.
 */
export function isBusinessDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  const year = Number(day.slice(0, 4));
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(at) || dayAt(at) !== day)
    throw new RangeError(`deadline: ${day} is no day`);
  if (year < FIRST_YEAR || year > LAST_YEAR)
    throw new RangeError(`deadline: holidays are known from ${FIRST_YEAR} to ${LAST_YEAR}, not of ${year}`);
  const weekday = new Date(at).getUTCDay();
  const date = day.slice(5);
  const newYear = date >= "12-29" || date <= "01-03";
  return weekday !== 0 && weekday !== 6 && !newYear && !isHoliday(day);
}

/** Whether a day is a national holiday (Act on National Holidays); of years that the table does not know, none is. */
export const isHoliday = (day: string): boolean => Object.hasOwn(holidayJp.holidays, day);

/** The day on which a moment (milliseconds since 1970) falls in Japan. */
export const dayOf = (now: number): string => dayAt(now + JAPAN_MS);

/** A day so many calendar days later. */
export const plusDays = (day: string, days: number): string =>
  dayAt(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS);

/** The day so many business days after a day, which is day 0 even when nobody works on it. */
export function plusBusinessDays(day: string, businessDays: number): string {
  if (!Number.isInteger(businessDays) || businessDays < 0)
    throw new RangeError(`deadline: ${businessDays} is no number of days`);
  let at = day;
  for (let left = businessDays; left > 0; ) {
    at = plusDays(at, 1);
    if (isBusinessDay(at)) left--;
  }
  return at;
}

/** The last business day before a day. */
export function businessDayBefore(day: string): string {
  let at = plusDays(day, -1);
  while (!isBusinessDay(at)) at = plusDays(at, -1);
  return at;
}

/** Business days after `from`, up to and including `to`; none when `to` is not later. */
export function businessDaysBetween(from: string, to: string): number {
  let count = 0;
  for (let day = plusDays(from, 1); day <= to; day = plusDays(day, 1)) if (isBusinessDay(day)) count++;
  return count;
}

/**
 * The day by which a request that came at `receivedAt` (milliseconds since 1970) is to be answered: so many business
 * days after the day of its arrival in Japan, which is day 0 whatever the hour and even when nobody works. The same in
 * every time zone. None at all gives the day of arrival.
 */
export const targetDay = (receivedAt: number, businessDays: number): string =>
  plusBusinessDays(dayOf(receivedAt), businessDays);
