import { readFileSync } from "node:fs";
import type { Locale } from "../reply/locale.ts";
import type { Labelled } from "../understanding/learn.ts";

/** The label of what belongs to none of the others. */
export const NONE = "oos";

/** Reads `text<TAB>label` lines; empty lines are passed over. Throws an error that names file and line of a bad one. */
export function readLabelled(file: string): Labelled[] {
  const out: Labelled[] = [];
  for (const [i, line] of readFileSync(file, "utf8").split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const [text, label, more] = line.split("\t");
    if (!text?.trim() || !label?.trim() || more !== undefined)
      throw new Error(`${file}:${i + 1}: write: text<TAB>label`);
    out.push({ text, label: label.trim() });
  }
  if (out.length === 0) throw new Error(`${file}: holds no line`);
  return out;
}

const JAPANESE = /[\u3041-\u30ff\u3400-\u9fff]/;

/** The language that most of the texts are written in. */
export function languageOf(texts: readonly string[]): Locale {
  const japanese = texts.filter((t) => JAPANESE.test(t)).length;
  return japanese * 2 > texts.length ? "ja" : "en";
}
