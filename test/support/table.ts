import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Locale, localeOf } from "../../src/reply/locale.ts";
import { ROOT } from "./repository.ts";

/** A line of a table of questions: `operator<TAB>locale<TAB>...`. */
export interface Row {
  line: number;
  operator: string;
  locale: Locale;
  cells: string[];
}

/** Reads a table; throws on a line without an operator, a locale and two more cells. */
export function readTable(path: string): Row[] {
  const rows: Row[] = [];
  for (const [i, raw] of readFileSync(join(ROOT, path), "utf8").split("\n").entries()) {
    if (raw === "" || raw.startsWith("#")) continue;
    const [operator = "", tag, ...cells] = raw.split("\t");
    const locale = localeOf(tag);
    if (!locale || cells.length !== 2) throw new Error(`${path}:${i + 1}: not a line of this table`);
    rows.push({ line: i + 1, operator, locale, cells });
  }
  return rows;
}

/** The rows of each operator and locale, under a title such as `jcom ja`. */
export function byDesk(rows: readonly Row[]): [title: string, rows: Row[]][] {
  return [...Map.groupBy(rows, (r) => `${r.operator} ${r.locale}`)];
}
