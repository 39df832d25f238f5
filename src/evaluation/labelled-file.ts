import type { Locale } from "../reply/locale.ts";
import type { Labelled } from "../understanding/learn.ts";
import { inputError, linesOf } from "./input-file.ts";

/** The label of what belongs to none of the others. */
export const NONE = "oos";

/** A first line that names the columns. */
const COLUMNS = /^(text|utterance|sentence|query|question)\t(label|intent|category|class)$/i;

/**
 * Reads `text<TAB>label` lines; empty lines, and a first line that names the columns, are passed over. Throws an
 * InputError that names every bad line.
 */
export function readLabelled(file: string): Labelled[] {
  const out: Labelled[] = [];
  const problems: { at: number; message: string }[] = [];
  const [first, ...more] = linesOf(file);
  const lines = first && more.length > 0 && COLUMNS.test(first.text.trim()) ? more : [first, ...more];
  for (const line of lines) {
    if (!line) continue;
    const columns = line.text.split("\t").map((column) => column.trim());
    const [text, label] = columns;
    if (columns.length !== 2)
      problems.push({
        at: line.at,
        message: `has ${columns.length === 1 ? "one column" : `${columns.length} columns`}; write: text<TAB>label`,
      });
    else if (!text || !label)
      problems.push({
        at: line.at,
        message: `the ${text ? "label" : "text"} is empty; write: text<TAB>label`,
      });
    else out.push({ text, label });
  }
  if (problems.length > 0) throw inputError(file, problems);
  return out;
}

const JAPANESE = /[\u3041-\u30ff\u3400-\u9fff]/;

/** The language that most of the texts are written in. */
export function languageOf(texts: readonly string[]): Locale {
  const japanese = texts.filter((t) => JAPANESE.test(t)).length;
  return japanese * 2 > texts.length ? "ja" : "en";
}
