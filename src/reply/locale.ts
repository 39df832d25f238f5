/** The languages we speak; the first is the default. */
export const LOCALES = ["ja", "en"] as const;
export type Locale = (typeof LOCALES)[number];

/** Text in every language. */
export type Localized = Readonly<Record<Locale, string>>;

/** The locale meant by a language tag ("en-US", "JA"); undefined for anything that we do not speak. */
export function localeOf(tag: unknown): Locale | undefined {
  if (typeof tag !== "string" || tag.length > 35) return undefined;
  const language = tag.trim().toLowerCase().split(/[-_]/, 1)[0];
  return LOCALES.find((l) => l === language);
}
