import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { type Locale, localeOf } from "../reply/locale.ts";

/** An example of `content/` with the place where it is written. */
export interface ContentLine {
  /** From the project's folder: `content/topics/fees/ja.tsv`. */
  file: string;
  line: number;
  locale: Locale;
  text: string;
}

/** Every example utterance below `root/content`, in the order of files and lines. */
export function contentLines(root: string): ContentLine[] {
  const files = globSync("content/{topics,intents}/**/*.tsv", { cwd: root }).sort();
  return files.flatMap((path) => {
    const file = path.split(sep).join("/");
    const locale = localeOf(file.split("/").at(-1)?.replace(".tsv", ""));
    if (!locale) return [];
    return readFileSync(join(root, path), "utf8")
      .split("\n")
      .flatMap((raw, i) => {
        const text = raw.startsWith("#") ? undefined : raw.split("\t")[1];
        return text ? [{ file, line: i + 1, locale, text }] : [];
      });
  });
}
