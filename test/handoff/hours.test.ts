import holidayJp from "@holiday-jp/holiday_jp";
import { expect, it } from "vitest";
import { EVERY_DAY, type Hours, type Interval, isOpen, nextOpening } from "../../src/handoff/hours.ts";
import { loadContent } from "../../src/knowledge/content.ts";
import { intervalOf, operatorSchema } from "../../src/knowledge/operator.ts";
import { deskFactsOf } from "../../src/turn/desk-facts.ts";
import { measure, random, SEED } from "../support/long.ts";
import { times } from "../support/many.ts";

const MINUTE = 60_000;
const japan = (day: string, time = "00:00") => Date.parse(`${day}T${time}:00+09:00`);

/** A minute of Japan's clock, looked at without any of our arithmetic of days. */
const FORMAT = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Asia/Tokyo",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  weekday: "short",
  hour12: false,
  hourCycle: "h23",
});
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

function naive(hours: Hours, at: number): boolean {
  const parts = new Map(FORMAT.formatToParts(at).map(({ type, value }) => [type, value]));
  const day = `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
  const minute = Number(parts.get("hour")) * 60 + Number(parts.get("minute"));
  const isHoliday = day in holidayJp.holidays;
  const list: readonly Interval[] = hours.closed.has(day.slice(5))
    ? []
    : isHoliday && hours.holidays
      ? hours.holidays
      : (hours.week[WEEKDAYS.indexOf(parts.get("weekday") ?? "")] ?? []);
  return list.some(({ from, to }) => minute >= from && minute < to);
}

const next = random();
const pick = (below: number) => Math.floor(next() * below);

function randomHours(): Hours {
  const intervals = (): Interval[] =>
    times(pick(4)).map(() => {
      const from = pick(1_439);
      return { from, to: from + 1 + pick(1_440 - from) };
    });
  return {
    week: times(7).map(intervals),
    holidays: next() < 0.5 ? null : intervals(),
    closed: new Set(next() < 0.5 ? ["12-31", "01-01", "01-02", "02-29"] : []),
  };
}

const DAYS = measure(2, 20);
const CASES = measure(6, 36);

it(
  `59: ${CASES} random tables of hours agree with the clock, minute by minute`,
  () => {
    console.info(`seed ${SEED}`);
    const anchors = ["2026-12-30", "2027-05-02", "2028-02-28", "2026-09-19", "2038-01-18", "2026-03-28"];
    for (const n of times(CASES)) {
      const hours = randomHours();
      const begin = japan(anchors[n % anchors.length] ?? "") + pick(1_440) * MINUTE;
      const minutes = times(DAYS * 1_440).map((m) => begin + m * MINUTE + pick(MINUTE));
      const open = minutes.map((at) => naive(hours, at));
      for (const [m, at] of minutes.entries())
        if (isOpen(hours, at) !== open[m]) throw new Error(`${n} ${at}`);
      // The next opening is the first open minute: now, or the beginning of one.
      for (let m = 0; m < minutes.length; m += 97) {
        const at = minutes[m] ?? 0;
        const first = open.indexOf(true, m);
        const found = nextOpening(hours, at);
        if (first === m) expect(found).toBe(at);
        else if (first > 0) expect(found).toBe(Math.floor((minutes[first] ?? 0) / MINUTE) * MINUTE);
        else if (found !== null) expect(found).toBeGreaterThan(minutes.at(-1) ?? 0);
      }
    }
  },
  measure(120_000, 240_000),
);

it("59: 9:00-18:00 every day unless told; the second before is closed, the first is open, in 2038 as today", () => {
  for (const day of ["2026-11-16", "2026-01-01", "2026-11-22", "2038-01-19", "2038-01-20"]) {
    expect(isOpen(EVERY_DAY, japan(day, "09:00") - 1)).toBe(false);
    expect(isOpen(EVERY_DAY, japan(day, "09:00"))).toBe(true);
    expect(isOpen(EVERY_DAY, japan(day, "18:00") - 1)).toBe(true);
    expect(isOpen(EVERY_DAY, japan(day, "18:00"))).toBe(false);
    expect(nextOpening(EVERY_DAY, japan(day, "03:00"))).toBe(japan(day, "09:00"));
  }
  expect(nextOpening(EVERY_DAY, japan("2038-01-18", "23:59"))).toBe(japan("2038-01-19", "09:00"));
});

const facts = loadContent("content").operators.get("jcom");
const read = (desk: unknown) => {
  const { id: _, clauses: __, ...plain } = facts ?? ({} as never);
  return operatorSchema.safeParse({ ...plain, desk });
};
const hoursOf = (hours: unknown): Hours => {
  const read_ = read({ hours });
  if (!read_.success) throw read_.error;
  return deskFactsOf(read_.data).hours;
};

it("59: breaks, holidays, closed days and the end of the year are read from operator.yaml", () => {
  const hours = hoursOf({
    "every-day": ["9:00-12:00", "13:00-18:00"],
    saturday: ["10:00-15:00"],
    sunday: [],
    holidays: [],
    closed: ["12-29", "12-30", "12-31", "01-02", "01-03"],
  });
  // Friday with its break, Saturday, Sunday.
  expect(isOpen(hours, japan("2026-11-20", "11:59"))).toBe(true);
  expect(isOpen(hours, japan("2026-11-20", "12:30"))).toBe(false);
  expect(nextOpening(hours, japan("2026-11-20", "12:30"))).toBe(japan("2026-11-20", "13:00"));
  expect(isOpen(hours, japan("2026-11-21", "09:30"))).toBe(false);
  expect(isOpen(hours, japan("2026-11-21", "10:00"))).toBe(true);
  // Saturday evening: Sunday is closed, Monday the 23rd is a holiday.
  expect(nextOpening(hours, japan("2026-11-21", "15:00"))).toBe(japan("2026-11-24", "09:00"));
  // The end of the year, with New Year's Day as a holiday, and a Sunday.
  expect(nextOpening(hours, japan("2026-12-28", "18:00"))).toBe(japan("2027-01-04", "09:00"));
  expect(nextOpening(hoursOf({ "every-day": [] }), japan("2026-11-20"))).toBeNull();
  expect(intervalOf("0:00-24:00")).toEqual({ from: 0, to: 1_440 });
});

it("59: hours that cannot be are refused, and those beside them are not", () => {
  for (const bad of ["18:00-9:00", "9:00-9:00", "25:00-26:00", "9-18", "9:00-24:01"])
    expect(read({ hours: { "every-day": [bad] } }).success, bad).toBe(false);
  expect(read({ hours: { closed: ["13-01"] } }).success).toBe(false);
  expect(read({ hours: { moonday: [] } }).success).toBe(false);
  expect(read({ waitMinutes: 0 }).success).toBe(false);
  expect(read({ hours: { "every-day": ["9:00-18:00", "22:00-24:00"] }, waitMinutes: 5 }).success).toBe(true);
});
