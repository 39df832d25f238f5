import { LOCALES, type Locale, localeOf } from "../reply/locale.ts";

/** The language of a page: the one that is asked for, else the first of the browser's that we speak. */
export function languageOf(asked: string | null, accepted: string | undefined): Locale {
  const wished = (accepted ?? "")
    .slice(0, 500)
    .split(",")
    .map((part) => {
      const [tag, ...parameters] = part.split(";").map((p) => p.trim());
      const weight = Number(parameters.find((p) => p.startsWith("q="))?.slice(2) ?? "1");
      return { locale: localeOf(tag), weight: Number.isNaN(weight) ? 0 : weight };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return localeOf(asked) ?? wished.find((w) => w.locale)?.locale ?? LOCALES[0];
}
