import { dayOf, isHoliday, plusDays } from "../requests/deadline.ts";

/** Minutes after midnight in Japan; `to` is the first minute that is closed again, at most 1,440. */
export interface Interval {
  from: number;
  to: number;
}

/** When agents are there. */
export interface Hours {
  /** Seven lists, Sunday first. */
  week: readonly (readonly Interval[])[];
  /** On national holidays instead of the weekday's; null: holidays are days like others. */
  holidays: readonly Interval[] | null;
  /** Days of each year (MM-DD) on which nobody is there. */
  closed: ReadonlySet<string>;
}

const MINUTE_MS = 60_000;
/** An opening further off than this is none: holidays and closed days do not last so long. */
const LOOK_DAYS = 400;

const NINE_TO_SIX: readonly Interval[] = [{ from: 540, to: 1_080 }];

/** 9:00-18:00 every day of the year, holidays too. */
export const EVERY_DAY: Hours = { week: Array(7).fill(NINE_TO_SIX), holidays: null, closed: new Set() };

/** Whether an agent is there at that moment (ms since 1970), by Japan's clock. */
export function isOpen(hours: Hours, at: number): boolean {
  const day = dayOf(at);
  const minute = minuteOf(day, at);
  return intervalsOn(hours, day).some(({ from, to }) => from <= minute && minute < to);
}

/** The first moment from `at` on at which an agent is there: `at` itself while it is open; null when none comes. */
export function nextOpening(hours: Hours, at: number): number | null {
  if (isOpen(hours, at)) return at;
  const today = dayOf(at);
  for (let n = 0, day = today; n <= LOOK_DAYS; n += 1, day = plusDays(day, 1)) {
    const begins = intervalsOn(hours, day)
      .filter(({ from, to }) => from < to)
      .map(({ from }) => midnight(day) + from * MINUTE_MS)
      .filter((begin) => begin > at);
    if (begins.length > 0) return Math.min(...begins);
  }
  return null;
}

function intervalsOn({ week, holidays, closed }: Hours, day: string): readonly Interval[] {
  if (closed.has(day.slice(5))) return [];
  if (holidays && isHoliday(day)) return holidays;
  return week[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? [];
}

const midnight = (day: string): number => Date.parse(`${day}T00:00:00+09:00`);
const minuteOf = (day: string, at: number): number => Math.floor((at - midnight(day)) / MINUTE_MS);
