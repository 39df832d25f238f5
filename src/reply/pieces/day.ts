import type { Locale } from "../locale.ts";

/** A day in Japan, in words; `at`: milliseconds since 1970 or YYYY-MM-DD. */
export function dayText(at: number | string, locale: Locale): string {
  const zone = typeof at === "number" ? "Asia/Tokyo" : "UTC";
  const day = typeof at === "number" ? new Date(at) : new Date(`${at}T00:00:00Z`);
  return new Intl.DateTimeFormat(locale === "ja" ? "ja-JP" : "en-GB", {
    timeZone: zone,
    year: "numeric",
    month: "long",
    day: "numeric",
    weekday: locale === "ja" ? "short" : "long",
  }).format(day);
}

/** A moment in Japan, day and time of day, in words; milliseconds since 1970. */
export function momentText(at: number, locale: Locale): string {
  return new Intl.DateTimeFormat(locale === "ja" ? "ja-JP" : "en-GB", {
    timeZone: "Asia/Tokyo",
    month: "long",
    day: "numeric",
    weekday: locale === "ja" ? "short" : "long",
    hour: "numeric",
    minute: "2-digit",
    hour12: false,
  }).format(at);
}
