import type { Words } from "../desk.ts";

/** A text by its key, `composer.send`, with `{{name}}` filled in. */
export type T = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** A key that is not there shows itself: a test reads every key that the chat uses. */
export function wordsOf(words: Words): T {
  return (key, values = {}) => {
    let found: string | Words | undefined = words;
    for (const step of key.split(".")) found = typeof found === "object" ? found[step] : undefined;
    const text = typeof found === "string" ? found : key;
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ""));
  };
}
