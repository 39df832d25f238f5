import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import i18next, { type TFunction, type TOptions } from "i18next";
import { LOCALES, type Locale } from "./locale.ts";

/** The texts of `locales/`, one fixed translator per language; `namespace:key`, such as `reply:silent.topic`. */
export type Texts = Readonly<Record<Locale, TFunction>>;

/** Loads every `locales/<lang>/<namespace>.json`. A key that is missing throws: it is a bug, and a test lists them. */
export async function loadTexts(root: string): Promise<Texts> {
  const resources: Record<string, Record<string, object>> = {};
  for (const locale of LOCALES) {
    const folder = join(root, locale);
    const namespaces = readdirSync(folder).filter((f) => f.endsWith(".json"));
    resources[locale] = Object.fromEntries(
      namespaces.map((f) => [basename(f, ".json"), JSON.parse(readFileSync(join(folder, f), "utf8"))]),
    );
  }
  const instance = i18next.createInstance();
  await instance.init({
    resources,
    lng: LOCALES[0],
    fallbackLng: false,
    interpolation: { escapeValue: false, skipOnVariables: true },
    parseMissingKeyHandler: (key: string) => {
      throw new Error(`locales: no text for ${key}`);
    },
  });
  return { ja: remembering(instance.getFixedT("ja")), en: remembering(instance.getFixedT("en")) };
}

/** Most texts have nothing to fill in: each of those is looked up once. */
function remembering(t: TFunction): TFunction {
  const whole = new Map<string, string>();
  const text = (key: string, options?: TOptions): string => {
    if (options) return t(key, options);
    const known = whole.get(key) ?? t(key);
    whole.set(key, known);
    return known;
  };
  return text as unknown as TFunction;
}
