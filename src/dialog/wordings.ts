import { LOCALES, type Locale } from "../reply/locale.ts";
import type { Texts } from "../reply/texts.ts";
import type { Wordings } from "./reading.ts";

/** Other names, as `content/answers.yaml` has them. */
type ByValue = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<Locale, readonly string[]>>>>>
>;
interface Names {
  values: ByValue;
  told: ByValue;
  slots: Readonly<Record<string, Readonly<Record<Locale, readonly string[]>>>>;
}

/** Titles and labels of the locales, and the other names beside them; a customer may use any language's. */
export function wordingsOf(names: Names, texts: Texts): Wordings {
  const all = (key: string, others: Readonly<Record<Locale, readonly string[]>> | undefined) =>
    LOCALES.flatMap((locale) => [texts[locale](key), ...(others?.[locale] ?? [])]);
  return {
    title: (slot, value) => LOCALES.map((locale) => texts[locale](`dialogs:slots.${slot}.values.${value}`)),
    value: (slot, value) => all(`dialogs:slots.${slot}.values.${value}`, names.values[slot]?.[value]),
    told: (slot, value) => LOCALES.flatMap((locale) => names.told[slot]?.[value]?.[locale] ?? []),
    slot: (slot) => all(`dialogs:slots.${slot}.label`, names.slots[slot]),
  };
}
