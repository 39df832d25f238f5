import en from "../../locales/en/turn.json" with { type: "json" };
import ja from "../../locales/ja/turn.json" with { type: "json" };
import type { Locale } from "../reply/locale.ts";

export type TextKey = keyof typeof ja;

const texts: Readonly<Record<Locale, Readonly<Record<TextKey, string>>>> = { ja, en };

/** A text of the turn itself: what is said when no brain is asked. `{{name}}` takes the value of that name. */
export function text(
  locale: Locale,
  key: TextKey,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return texts[locale][key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ""));
}
