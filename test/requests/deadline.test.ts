import { execFileSync } from "node:child_process";
import { join } from "node:path";
import fc from "fast-check";
import japaneseHolidays from "japanese-holidays";
import { describe, expect, it } from "vitest";
import { isBusinessDay, targetDay } from "../../src/requests/deadline.ts";
import { measure } from "../support/long.ts";
import { ROOT } from "../support/repository.ts";

const DAY_MS = 86_400_000;
const dayAt = (utcMs: number) => new Date(utcMs).toISOString().slice(0, 10);
const days = (from: string, to: string): string[] => {
  const [first, last] = [Date.parse(from), Date.parse(to)];
  return Array.from({ length: (last - first) / DAY_MS + 1 }, (_, i) => dayAt(first + i * DAY_MS));
};

/** Holidays by another package, which computes them from the law instead of listing them. */
const holidays = new Set(
  Array.from({ length: 2033 - 2005 }, (_, i) => 2005 + i).flatMap((year) =>
    japaneseHolidays
      .getHolidaysOf(year, true)
      .map(({ month, date }) => `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`),
  ),
);

/** The same rule, the slow way. */
function worksOn(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  if (weekday === 0 || weekday === 6 || holidays.has(day)) return false;
  return !["12-29", "12-30", "12-31", "01-01", "01-02", "01-03"].includes(day.slice(5));
}

/** Days on which the two packages differ, each with the law that explains it: none. */
const DIFFERENCES: readonly string[] = [];

describe("a business day", () => {
  it("is the same by an independent table, on more than 10,000 days", () => {
    const all = days("2005-01-01", "2032-12-31");
    expect(all.length).toBeGreaterThan(10_000);
    expect(all.filter((day) => isBusinessDay(day) !== worksOn(day))).toEqual(DIFFERENCES);
  });

  it.each([
    ["2026-11-20", true, "a Friday"],
    ["2026-11-21", false, "a Saturday"],
    ["2026-11-22", false, "a Sunday"],
    ["2026-11-23", false, "Labour Thanksgiving Day, a Monday"],
    ["2026-12-28", true, "the last day before the New Year's rest"],
    ["2026-12-29", false, "the rest begins"],
    ["2027-01-01", false, "New Year's Day"],
    ["2027-01-03", false, "the rest ends"],
    ["2027-01-04", true, "the first day after it"],
    ["2026-05-06", false, "a substitute for 3 May, a Sunday"],
    ["2026-09-22", false, "between two holidays"],
    ["2019-05-01", false, "the Emperor's accession"],
    ["2021-07-23", false, "Sports Day, moved for the Olympic Games"],
    ["2021-10-11", true, "from where it was moved"],
    ["2019-12-23", true, "no longer the Emperor's birthday"],
  ])("%s: %s, %s", (day, works) => {
    expect(isBusinessDay(day)).toBe(works);
  });

  it("is known from 1970 to 2050, and nothing is said about other days", () => {
    expect(isBusinessDay("1970-01-05")).toBe(true);
    expect(isBusinessDay("2050-12-28")).toBe(true);
    for (const day of ["1969-12-31", "2051-01-04"]) expect(() => isBusinessDay(day)).toThrow(/1970 to 2050/);
    for (const day of ["2026-02-30", "2026-2-3", "", "today"])
      expect(() => isBusinessDay(day)).toThrow(/is no day/);
  });
});

describe("the target day", () => {
  it.each([
    ["2026-11-19T03:00:00Z", 10, "2026-12-04", "over a holiday on Monday"],
    ["2026-11-22T03:00:00Z", 1, "2026-11-24", "arrived on a Sunday before a holiday"],
    ["2026-12-25T03:00:00Z", 1, "2026-12-28", "a Friday"],
    ["2026-12-25T03:00:00Z", 2, "2027-01-04", "over the New Year"],
    ["2026-04-28T03:00:00Z", 10, "2026-05-18", "over Golden Week"],
    ["2026-11-22T03:00:00Z", 0, "2026-11-22", "no days at all"],
  ])("of %s in %i days is %s: %s", (at, count, day) => {
    expect(targetDay(Date.parse(at), count)).toBe(day);
  });

  it("counts from the day in Japan, to the millisecond", () => {
    const midnight = Date.parse("2026-11-18T15:00:00Z");
    expect(targetDay(midnight - 1, 1)).toBe("2026-11-19");
    expect(targetDay(midnight, 1)).toBe("2026-11-20");
  });

  it("is the slow way's on 10,000 days", () => {
    for (const day of days("2005-01-01", "2032-05-31")) {
      let [target, left] = [day, 10];
      while (left > 0) {
        target = dayAt(Date.parse(target) + DAY_MS);
        if (worksOn(target)) left--;
      }
      const noon = Date.parse(`${day}T12:00:00+09:00`);
      if (targetDay(noon, 10) !== target) expect([day, targetDay(noon, 10)]).toEqual([day, target]);
    }
  });

  it("is a business day, later for more days and never earlier for a later arrival", () => {
    const at = fc.integer({ min: Date.parse("2005-01-01"), max: Date.parse("2049-01-01") });
    fc.assert(
      fc.property(at, fc.nat(60), fc.nat(1e9), (now, count, later) => {
        const day = targetDay(now, count + 1);
        return isBusinessDay(day) && day > targetDay(now, count) && targetDay(now + later, count + 1) >= day;
      }),
    );
  });

  it("takes whole numbers of days only", () => {
    for (const count of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => targetDay(0, count)).toThrow(RangeError);
  });

  it("is the same whatever the machine's time zone, and so are dates that are told from today", () => {
    const script = `
      import { targetDay } from ${JSON.stringify(join(ROOT, "src/requests/deadline.ts"))};
      import { dateOf } from ${JSON.stringify(join(ROOT, "src/understanding/slots/date.ts"))};
      const date = dateOf({ pastOnly: true });
      const out = [];
      for (let day = Date.parse("2026-01-01T15:00:00Z"); day < Date.parse("2027-01-01"); day += ${measure(5, 1) * DAY_MS})
        for (const at of [day - 1, day, day + 1]) {
          out.push(targetDay(at, 10));
          for (const typed of ["昨日", "yesterday", "3 days ago", "last Tuesday", "先月の5日"])
            out.push(JSON.stringify(date.parse(typed, { locale: "en", now: at })));
        }
      console.log(out.join());
    `;
    const run = (TZ: string) =>
      execFileSync(process.execPath, ["--input-type=module", "-e", script], {
        encoding: "utf8",
        env: { ...process.env, TZ },
      });
    const [utc, ...others] = ["UTC", "America/Los_Angeles", "Asia/Tokyo", "Pacific/Apia"].map(run);
    expect(utc?.length).toBeGreaterThan(measure(2_000, 10_000));
    expect(others).toEqual([utc, utc, utc]);
  });
});
