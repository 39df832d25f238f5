import type { ConsoleWords, Shell } from "../shell.ts";

export type Language = keyof Shell["words"];

/** A text by its key, `sign-in.submit`, with `{{name}}` filled in. */
export type T = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** A key that is not there shows itself: a test reads every key that the console uses. */
export function wordsOf(words: ConsoleWords): T {
  return (key, values = {}) => {
    let found: string | ConsoleWords | undefined = words;
    for (const step of key.split(".")) found = typeof found === "object" ? found[step] : undefined;
    const text = typeof found === "string" ? found : key;
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ""));
  };
}

const KEPT = "madoguchi-console-language";

/** The language that was chosen in this browser, else the browser's own. */
export function firstLanguage(): Language {
  const chosen = remembered() ?? navigator.language;
  return chosen.toLowerCase().startsWith("ja") ? "ja" : "en";
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // A browser that keeps nothing asks its own settings each time.
  }
}
