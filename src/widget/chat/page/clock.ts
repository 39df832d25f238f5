import type { Locale } from "../../../reply/locale.ts";

const TAGS: Readonly<Record<Locale, string>> = { ja: "ja-JP", en: "en-US" };

/** Hours and minutes, where the customer is. `at`: milliseconds since 1970. */
export function timeOf(at: number, locale: Locale): string {
  return new Intl.DateTimeFormat(TAGS[locale], {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(at);
}

/** The day of `at`, as a key and in words; `today` and `yesterday` are told by the caller. */
export function dayOf(at: number, locale: Locale): string {
  return new Intl.DateTimeFormat(TAGS[locale], { dateStyle: "long" }).format(at);
}

/** YYYY-MM-DD, where the customer is. */
export function dateKeyOf(at: number): string {
  return new Intl.DateTimeFormat("sv-SE").format(at);
}

/** How many days `at` lies before `now`, by the calendar of the customer. */
export function daysAgo(at: number, now: number): number {
  const midnight = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}

/** `date`: YYYY-MM-DD. */
export function dateOf(date: string, locale: Locale): string {
  const format = new Intl.DateTimeFormat(TAGS[locale], { dateStyle: "long", timeZone: "UTC" });
  return format.format(new Date(`${date}T00:00:00Z`));
}
