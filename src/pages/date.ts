import type { Locale } from "../reply/locale.ts";

const FORMATS: Readonly<Record<Locale, Intl.DateTimeFormat>> = {
  ja: new Intl.DateTimeFormat("ja-JP", { dateStyle: "long", timeZone: "UTC" }),
  en: new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" }),
};

/** `date`: YYYY-MM-DD. */
export function longDate(date: string, locale: Locale): string {
  return FORMATS[locale].format(new Date(`${date}T00:00:00Z`));
}
