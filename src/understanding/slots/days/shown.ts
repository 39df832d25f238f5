import type { Locale } from "../../../reply/locale.ts";
import type { Day } from "./calendar.ts";

const style = { timeZone: "UTC", year: "numeric", month: "long", day: "numeric" } as const;
const FORMATS: Readonly<Record<Locale, Intl.DateTimeFormat>> = {
  ja: new Intl.DateTimeFormat("ja-JP", style),
  en: new Intl.DateTimeFormat("en-GB", style),
};

/** "2026年11月22日", "22 November 2026" */
export const shownDay = (day: Day, locale: Locale): string =>
  FORMATS[locale].format(new Date(`${day}T00:00:00Z`));

/** The year alone. */
export const maskedDay = (day: Day): string => `${day.slice(0, 4)}/**/**`;
