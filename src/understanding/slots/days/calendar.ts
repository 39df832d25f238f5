/** A day as "YYYY-MM-DD", without a time zone. Two of them compare as strings. */
export type Day = string;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Japan has had no summer time since 1951. */
const JAPAN_MS = 9 * HOUR_MS;

const utc = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
const fromUtc = (ms: number): Day => new Date(ms).toISOString().slice(0, 10);

/** The calendar day in Japan at a time. */
export const dayInJapan = (ms: number): Day => fromUtc(ms + JAPAN_MS);

/** A day by its numbers; undefined when the calendar has none, such as 30 February. Years are 1000 to 9999. */
export function dayOf(year: number, month: number, date: number): Day | undefined {
  if (!(year >= 1000 && year <= 9999 && month >= 1 && month <= 12 && date >= 1)) return undefined;
  if (date > daysIn(year, month)) return undefined;
  return `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

/** Days of a month, 1 to 12. */
export const daysIn = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate();

export const plusDays = (day: Day, days: number): Day => fromUtc(utc(day) + days * DAY_MS);

/** The same date some months on, or the month's last day where it has no such date. */
export function plusMonths(day: Day, months: number): Day {
  const [year, month, date] = numbersOf(day);
  const index = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(index / 12), (index % 12) + 1];
  return dayOf(toYear, toMonth, Math.min(date, daysIn(toYear, toMonth))) ?? day;
}

/** 0 is Sunday. */
export const weekdayOf = (day: Day): number => new Date(utc(day)).getUTCDay();

export const numbersOf = (day: Day): [year: number, month: number, date: number] => [
  Number(day.slice(0, 4)),
  Number(day.slice(5, 7)),
  Number(day.slice(8, 10)),
];
