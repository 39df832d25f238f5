import { execFileSync } from "node:child_process";
import { join } from "node:path";
import japaneseHolidays from "japanese-holidays";
import { describe, expect, it } from "vitest";
import { daysLeft, dueOn, paused, resumed, twoWeeks } from "../../src/requests/clock.ts";
import { businessDaysBetween, dayOf, targetDay } from "../../src/requests/deadline.ts";
import { measure, random, SEED } from "../support/long.ts";
import { ROOT } from "../support/repository.ts";

const DAY_MS = 86_400_000;
const plus = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
const at = (day: string, time = "12:00:00") => Date.parse(`${day}T${time}+09:00`);

/** Working days by another package, which computes the holidays from the law. */
const holidays = new Set(
  Array.from({ length: 36 }, (_, i) => 2015 + i).flatMap((year) =>
    japaneseHolidays
      .getHolidaysOf(year, true)
      .map(({ month, date }) => `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`),
  ),
);
const known = new Map<string, boolean>();
function works(day: string): boolean {
  const found = known.get(day);
  if (found !== undefined) return found;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const newYear = ["12-29", "12-30", "12-31", "01-01", "01-02", "01-03"].includes(day.slice(5));
  const open = weekday !== 0 && weekday !== 6 && !newYear && !holidays.has(day);
  known.set(day, open);
  return open;
}

it(`R18: the target of ${measure(1_000, 100_000)} random requests with pauses is the slow way's, and so are the warnings`, () => {
  const next = random(SEED);
  const whole = (n: number) => Math.floor(next() * n);
  for (let n = 0; n < measure(1_000, 100_000); n += 1) {
    const arrived = plus("2015-01-05", whole(5_600));
    const days = 1 + whole(20);
    let clock = {
      targetOn: targetDay(at(arrived) + whole(11 * 3_600_000), days),
      pausedOn: null as string | null,
    };
    // The slow way: a day counts when somebody works on it and nobody is waited for.
    const waited = new Set<string>();
    let day = arrived;
    for (let pause = whole(3); pause > 0; pause -= 1) {
      day = plus(day, whole(6));
      // On the target day itself nothing is left to wait with.
      if (day >= clock.targetOn) break;
      clock = paused(clock, at(day, "00:00:00"));
      expect(dueOn(clock, at("2050-01-01"))).toBe(undefined);
      const back = plus(day, whole(15));
      for (let d = plus(day, 1); d <= back; d = plus(d, 1)) waited.add(d);
      clock = resumed(clock, at(back, "23:59:59"));
      day = back;
    }
    let [target, left] = [arrived, days];
    while (left > 0) {
      target = plus(target, 1);
      if (works(target) && !waited.has(target)) left -= 1;
    }
    if (clock.targetOn !== target) expect({ seed: SEED, n, arrived, days, ...clock }).toEqual({ target });
    const today = plus(target, whole(12) - 8);
    let ahead = 0;
    for (let d = plus(today, 1); d <= target; d = plus(d, 1)) if (works(d)) ahead += 1;
    const expected = today > target ? "overdue" : ahead <= 2 ? "due-soon" : undefined;
    for (const time of ["00:00:00", "23:59:59.999"])
      if (dueOn(clock, at(today, time)) !== expected)
        expect({ seed: SEED, today, ...clock, said: dueOn(clock, at(today, time)) }).toEqual({ expected });
    if (today <= target && daysLeft(clock, at(today)) !== ahead)
      expect({ today, ...clock }).toEqual({ ahead });
  }
});

describe("the clock", () => {
  it("loses only the days on which the person was awaited and somebody works", () => {
    const running = { targetOn: "2026-12-04", pausedOn: null };
    const back = (from: string, to: string) => resumed(paused(running, at(from)), at(to)).targetOn;
    expect(back("2026-11-20", "2026-11-20")).toBe("2026-12-04");
    expect(back("2026-11-20", "2026-11-23")).toBe("2026-12-04");
    expect(back("2026-11-20", "2026-11-24")).toBe("2026-12-07");
    expect(back("2026-11-24", "2026-11-30")).toBe("2026-12-10");
    // With no day left, it is due on the day on which the clock goes on.
    expect(back("2026-12-04", "2026-12-08")).toBe("2026-12-08");
    // A clock that was set back meanwhile takes nothing.
    expect(back("2026-11-24", "2026-11-20")).toBe("2026-12-04");
    expect(resumed(running, at("2026-12-25"))).toEqual(running);
  });

  it("has as many days left after the wait as before it", () => {
    const before = { targetOn: "2026-12-04", pausedOn: null };
    const stopped = paused(before, at("2026-11-26"));
    expect(daysLeft(before, at("2026-11-26"))).toBe(6);
    expect(daysLeft(stopped, at("2026-12-24"))).toBe(6);
    expect(daysLeft(resumed(stopped, at("2026-12-24")), at("2026-12-24"))).toBe(6);
    expect(daysLeft(before, at("2026-12-08"))).toBe(-2);
    expect(businessDaysBetween("2026-12-04", "2026-12-04")).toBe(0);
  });

  it("article 39: what arrives on 1 April may be sued over from 16 April, whatever day that is", () => {
    for (const time of ["00:00:00", "23:59:59.999"])
      expect(twoWeeks(at("2026-04-01", time))).toEqual({ endsOn: "2026-04-15", suitFrom: "2026-04-16" });
    expect(twoWeeks(at("2026-12-20"))).toEqual({ endsOn: "2027-01-03", suitFrom: "2027-01-04" });
    expect(twoWeeks(at("2028-02-20"))).toEqual({ endsOn: "2028-03-05", suitFrom: "2028-03-06" });
  });

  it("R17: says the same in every time zone, up to 2038 and beyond", () => {
    const script = `
      import { dueOn, lastDaySoon, paused, resumed, twoWeeks } from ${JSON.stringify(join(ROOT, "src/requests/clock.ts"))};
      const out = [];
      for (const from of ["2026-01-01T15:00:00Z", "2038-01-18T15:00:00Z"])
        for (let d = 0; d < 200; d++)
          for (const ms of [-1, 0, 1]) {
            const now = Date.parse(from) + d * ${DAY_MS} + ms;
            const clock = { targetOn: lastDaySoon(now), pausedOn: null };
            const later = now + (d % 9) * ${DAY_MS};
            out.push(dueOn(clock, later), resumed(paused(clock, now), later).targetOn, twoWeeks(now).suitFrom);
          }
      console.log(out.join());
    `;
    const run = (TZ: string) =>
      execFileSync(process.execPath, ["--input-type=module", "-e", script], {
        encoding: "utf8",
        env: { ...process.env, TZ },
      });
    const [utc, ...others] = ["UTC", "America/Los_Angeles", "Pacific/Apia"].map(run);
    expect(utc?.length).toBeGreaterThan(10_000);
    expect(others).toEqual([utc, utc]);
    expect(dayOf(2 ** 31 * 1_000)).toBe("2038-01-19");
  });
});
