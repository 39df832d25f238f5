/**
 * What a spreadsheet would run: a formula begins with one of these, in full width too, whatever invisible things stand
 * before it.
 */
const FORMULA = /^[\s\p{Cc}\p{Default_Ignorable_Code_Point}"']*[=+\-@＝＋－＠\u2212|%]|^[\t\r\n]/u;

/** A value as a cell that is text in every spreadsheet: quoted, and with an apostrophe before what would be run. */
export function cell(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  const safe = typeof value === "string" && FORMULA.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll("\0", "").replaceAll('"', '""')}"`;
}

/** A line, as RFC 4180 has it. */
export const line = (cells: readonly (string | number | null)[]): string =>
  `${cells.map(cell).join(",")}\r\n`;
