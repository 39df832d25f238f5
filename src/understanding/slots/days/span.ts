import { type Day, dayOf, daysIn, numbersOf } from "./calendar.ts";

/** Days from `from` to `to`, both of them inside. `unit` is how exactly they were named. */
export interface Span {
  unit: "day" | "month" | "year" | "range";
  from: Day;
  to: Day;
}

/** Why a text is no span: no date at all, one that the calendar lacks, or one that can be read in two ways. */
export type SpanIssue = "not-a-date" | "impossible" | "ambiguous";

/** Circumstances of a reading. */
export interface Today {
  today: Day;
  /** A date without its year is the last such day, not the one of this year. */
  past: boolean;
}

export const oneDay = (day: Day | undefined): Span | SpanIssue =>
  day === undefined ? "impossible" : { unit: "day", from: day, to: day };

export function wholeMonth(year: number, month: number): Span | SpanIssue {
  const from = dayOf(year, month, 1);
  const to = from && dayOf(year, month, daysIn(year, month));
  return from && to ? { unit: "month", from, to } : "impossible";
}

export function wholeYear(year: number): Span | SpanIssue {
  const from = dayOf(year, 1, 1);
  const to = dayOf(year, 12, 31);
  return from && to ? { unit: "year", from, to } : "impossible";
}

/** Years that are tried for 29 February. */
const YEARS_BACK = 8;

/** A date without its year. */
export function yearless(month: number, date: number, { today, past }: Today): Span | SpanIssue {
  const [year] = numbersOf(today);
  if (!past) return oneDay(dayOf(year, month, date));
  for (let y = year; y > year - YEARS_BACK; y--) {
    const day = dayOf(y, month, date);
    if (day !== undefined && day <= today) return oneDay(day);
  }
  return "impossible";
}

/** A month without its year. */
export function yearlessMonth(month: number, { today, past }: Today): Span | SpanIssue {
  const [year, current] = numbersOf(today);
  return wholeMonth(past && month > current ? year - 1 : year, month);
}

/** "11/22" or "22/11" where month and day may stand in either order. */
export function eitherOrder(first: number, second: number, make: (m: number, d: number) => Span | SpanIssue) {
  if (first > 12 && second > 12) return "impossible";
  if (first > 12) return make(second, first);
  if (second > 12 || first === second) return make(first, second);
  return "ambiguous";
}
