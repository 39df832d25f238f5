import { expect, it } from "vitest";
import type { Locale } from "../../src/reply/locale.ts";
import type { Json, Parser } from "../../src/understanding/slots/parser.ts";

/** A Sunday, noon in Japan. */
export const NOW = Date.parse("2026-11-22T03:00:00Z");

/** What is typed, and what comes of it: a value, or "!" and an issue. */
export type Row<T> = readonly [typed: string, expected: T | `!${string}`];

export const asked = (locale: Locale, now = NOW) => ({ locale, now });

/** Tests a parser on a table, every value through JSON. */
export function reads<T extends Json>(parser: Parser<T>, locale: Locale, rows: readonly Row<T>[]): void {
  it.each(rows.map((row) => [JSON.stringify(row[0]).slice(0, 60), ...row] as const))(
    `${locale}: %s`,
    (_, typed, expected) => {
      const read = parser.parse(typed, asked(locale));
      const got = read.ok ? JSON.parse(JSON.stringify(read.value)) : `!${read.issue}`;
      expect(got).toEqual(expected);
    },
  );
}

/** What a parser finds in a longer text: the values, and the words that they stand in. */
export function foundIn<T extends Json>(
  parser: Parser<T>,
  text: string,
  locale: Locale = "ja",
): [T, string][] {
  return parser.find(text, asked(locale)).map(({ value, from, to }) => [value, text.slice(from, to)]);
}
