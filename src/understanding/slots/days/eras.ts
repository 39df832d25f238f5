import { type Day, dayOf } from "./calendar.ts";

/** Japan's eras since the Gregorian calendar: names, first day, last day. */
const ERAS: readonly { names: readonly string[]; first: Day; last: Day }[] = [
  { names: ["令和", "r", "reiwa"], first: "2019-05-01", last: "9999-12-31" },
  { names: ["平成", "h", "heisei"], first: "1989-01-08", last: "2019-04-30" },
  { names: ["昭和", "s", "showa"], first: "1926-12-25", last: "1989-01-07" },
  { names: ["大正", "t", "taisho"], first: "1912-07-30", last: "1926-12-24" },
  { names: ["明治", "m", "meiji"], first: "1873-01-01", last: "1912-07-29" },
];
const eraOf = (name: string) => ERAS.find((era) => era.names.includes(name));

/** The Gregorian year of an era's year ("元" is 1); undefined for a year that the era does not have. */
export function yearOf(eraName: string, year: string): number | undefined {
  const era = eraOf(eraName);
  if (!era) return undefined;
  // Meiji began in 1868, before the calendar did.
  const first = eraName.startsWith("m") || eraName === "明治" ? 1868 : Number(era.first.slice(0, 4));
  const gregorian = first + (year === "元" ? 1 : Number(year)) - 1;
  return gregorian >= first && gregorian <= Number(era.last.slice(0, 4)) ? gregorian : undefined;
}

/** A day of an era; undefined when era or calendar do not have it (昭和64年1月8日, 令和8年2月30日). */
export function dayOfEra(eraName: string, year: string, month: number, date: number): Day | undefined {
  const gregorian = yearOf(eraName, year);
  const day = gregorian === undefined ? undefined : dayOf(gregorian, month, date);
  const era = eraOf(eraName);
  return day !== undefined && era && day >= era.first && day <= era.last ? day : undefined;
}
