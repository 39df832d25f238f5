import { dayOf, daysIn, numbersOf, plusDays, plusMonths, weekdayOf } from "./calendar.ts";
import { dayOfEra, yearOf } from "./eras.ts";
import {
  oneDay,
  type Span,
  type SpanIssue,
  type Today,
  wholeMonth,
  wholeYear,
  yearless,
  yearlessMonth,
} from "./span.ts";

const KANJI = "〇一二三四五六七八九";
const KANJI_NUMBER =
  /[〇零一二三四五六七八九十]{1,8}(?=年|月|日|か月|ヶ月|カ月|ヵ月|ケ月|ヶ年|か年|箇月|週)/g;

function digitsOf(kanji: string): string {
  const digit = (c: string | undefined) => Math.max(0, KANJI.indexOf(c ?? ""));
  const ten = kanji.indexOf("十");
  if (ten < 0) return Array.from(kanji.replace(/零/g, "〇"), digit).join("");
  return String((ten === 0 ? 1 : digit(kanji[ten - 1])) * 10 + digit(kanji[ten + 1]));
}

const WEEKDAYS = "日月火水木金土";
const WEEKDAY_AFTER = /[((](?:[日月火水木金土](?:曜日?)?|祝)[))]$|(?<=日)[日月火水木金土]曜日?$/;
const TIME_AFTER =
  /(?:の)?(?:午前|午後|朝|昼|夜|夕方|早朝|深夜)?(?:\d{1,2}(?:時|:\d\d)(?:\d{1,2}分|半)?)?(?:頃|ごろ|くらい|ぐらい|生まれ|生|付け|付)?$/;
const ERA = "令和|平成|昭和|大正|明治|[rhstm]";
const S = "[-/.年]";
const M = "[-/.月]";

const THIS_YEAR: Readonly<Record<string, number>> = {
  今年: 0,
  同年: 0,
  本年: 0,
  ことし: 0,
  去年: -1,
  昨年: -1,
  きょねん: -1,
  一昨年: -2,
  おととし: -2,
  来年: 1,
  翌年: 1,
};
const THIS_MONTH: Readonly<Record<string, number>> = {
  今月: 0,
  先月: -1,
  前月: -1,
  先々月: -2,
  来月: 1,
  翌月: 1,
};
const DAYS: Readonly<Record<string, number>> = {
  今日: 0,
  本日: 0,
  きょう: 0,
  昨日: -1,
  きのう: -1,
  さくじつ: -1,
  一昨日: -2,
  おととい: -2,
  おとつい: -2,
  いっさくじつ: -2,
  さきおととい: -3,
  明日: 1,
  あした: 1,
  あす: 1,
  明後日: 2,
  あさって: 2,
};
const WEEKS: Readonly<Record<string, number>> = { 今週: 0, 先週: -1, 先々週: -2, 来週: 1 };
const any = (words: Readonly<Record<string, number>>) => Object.keys(words).join("|");
const MONTHS = "(?:か|ヶ|カ|ヵ|ケ|箇)月";

type Rule = readonly [RegExp, (groups: readonly string[], now: Today) => Span | SpanIssue];
const rule = (source: string, read: Rule[1]): Rule => [new RegExp(`^(?:${source})$`), read];
const n = Number;
const yearNow = ({ today }: Today) => numbersOf(today)[0];

function ago(day: string, count: number, unit: string): Span | SpanIssue {
  if (unit.startsWith("日")) return oneDay(plusDays(day, count));
  if (unit.startsWith("週")) return oneDay(plusDays(day, count * 7));
  return oneDay(plusMonths(day, count * (unit.startsWith("年") ? 12 : 1)));
}

/** The last `count` units, today among them. */
function lately(today: string, count: number, unit: string): Span | SpanIssue {
  const begin = ago(today, -count, unit);
  return typeof begin === "string" ? begin : { unit: "range", from: plusDays(begin.from, 1), to: today };
}

/** Weeks begin on Monday. */
function weekOf(today: string, weeks: number): Span {
  const from = plusDays(today, -((weekdayOf(today) + 6) % 7) + weeks * 7);
  return { unit: "range", from, to: plusDays(from, 6) };
}

const RULES: readonly Rule[] = [
  rule(`(\\d{4})${S}(\\d{1,2})${M}(\\d{1,2})日?`, ([y, m, d]) => oneDay(dayOf(n(y), n(m), n(d)))),
  rule("(\\d{4})(\\d\\d)(\\d\\d)", ([y, m, d]) => oneDay(dayOf(n(y), n(m), n(d)))),
  rule(`(${ERA})\\.?(\\d{1,2}|元)${S}(\\d{1,2})${M}(\\d{1,2})日?`, ([era = "", y = "", m, d]) =>
    oneDay(dayOfEra(era, y, n(m), n(d))),
  ),
  rule(`(${ERA})\\.?(\\d\\d)(\\d\\d)(\\d\\d)`, ([era = "", y = "", m, d]) =>
    oneDay(dayOfEra(era, y, n(m), n(d))),
  ),
  rule(`(\\d{4})${S}(\\d{1,2})月?`, ([y, m]) => wholeMonth(n(y), n(m))),
  rule(`(${ERA})\\.?(\\d{1,2}|元)${S}(\\d{1,2})月?`, ([era = "", y = "", m]) => {
    const year = yearOf(era, y);
    return year === undefined ? "impossible" : wholeMonth(year, n(m));
  }),
  rule("(\\d{4})年?", ([y]) => wholeYear(n(y))),
  rule("(\\d{4})年度", ([y]) => fiscalYear(n(y))),
  rule("(今|昨|前|来)年度", ([which = ""], now) => {
    const [year, month] = numbersOf(now.today);
    return fiscalYear(year - (month < 4 ? 1 : 0) + (which === "今" ? 0 : which === "来" ? 1 : -1));
  }),
  rule(`(${ERA})\\.?(\\d{1,2}|元)年(度?)`, ([era = "", y = "", fiscal]) => {
    const year = yearOf(era, y);
    if (year === undefined) return "impossible";
    return fiscal === "度" ? fiscalYear(year) : wholeYear(year);
  }),
  rule("(\\d{1,2})(?:年|[-/.])(\\d{1,2})[-/.月](\\d{1,2})日?", () => "ambiguous"),
  rule("(\\d{1,2})[-/.月](\\d{1,2})日?", ([m, d], now) => yearless(n(m), n(d), now)),
  rule("(\\d{1,2})月", ([m], now) => yearlessMonth(n(m), now)),
  rule(`(${any(DAYS)})`, ([word = ""], { today }) => oneDay(plusDays(today, DAYS[word] ?? 0))),
  rule("(\\d{1,4})(日|週間?|年)(?:間)?(前|後)", ([count, unit = "", side], { today }) =>
    ago(today, n(count) * (side === "前" ? -1 : 1), unit),
  ),
  rule(`(\\d{1,3})${MONTHS}(前|後)`, ([count, side], { today }) =>
    ago(today, n(count) * (side === "前" ? -1 : 1), "月"),
  ),
  rule(`(${any(THIS_MONTH)})(?:の)?(\\d{1,2})日?`, ([word = "", date], { today }) => {
    const [year, month] = numbersOf(plusMonths(today, THIS_MONTH[word] ?? 0));
    return oneDay(dayOf(year, month, n(date)));
  }),
  rule(`(${any(THIS_MONTH)})の?(?:末日?|月末|最終日)`, ([word = ""], { today }) => {
    const [year, month] = numbersOf(plusMonths(today, THIS_MONTH[word] ?? 0));
    return oneDay(dayOf(year, month, daysIn(year, month)));
  }),
  rule(`(${any(THIS_YEAR)})の?(\\d{1,2})[月/](\\d{1,2})日?`, ([word = "", m, d], now) =>
    oneDay(dayOf(yearNow(now) + (THIS_YEAR[word] ?? 0), n(m), n(d))),
  ),
  rule(`(\\d{1,3})年(前|後)の(\\d{1,2})[月/](\\d{1,2})日?`, ([count, side, m, d], now) =>
    oneDay(dayOf(yearNow(now) + n(count) * (side === "前" ? -1 : 1), n(m), n(d))),
  ),
  rule(`(${any(THIS_YEAR)})の?(\\d{1,2})月`, ([word = "", m], now) =>
    wholeMonth(yearNow(now) + (THIS_YEAR[word] ?? 0), n(m)),
  ),
  rule(`(${any(THIS_YEAR)})`, ([word = ""], now) => wholeYear(yearNow(now) + (THIS_YEAR[word] ?? 0))),
  rule(`(${any(THIS_MONTH)})`, ([word = ""], { today }) => {
    const [year, month] = numbersOf(plusMonths(today, THIS_MONTH[word] ?? 0));
    return wholeMonth(year, month);
  }),
  rule(`(${any(WEEKS)})`, ([word = ""], { today }) => weekOf(today, WEEKS[word] ?? 0)),
  rule(`(${any(WEEKS)})の?([日月火水木金土])曜日?`, ([word = "", weekday = ""], { today }) =>
    oneDay(plusDays(weekOf(today, WEEKS[word] ?? 0).from, (WEEKDAYS.indexOf(weekday) + 6) % 7)),
  ),
  rule("(?:この前の|前の|この間の|こないだの|直近の)?([日月火水木金土])曜日?", ([weekday = ""], now) => {
    const back = (weekdayOf(now.today) - WEEKDAYS.indexOf(weekday) + 7) % 7;
    return oneDay(plusDays(now.today, -(back === 0 ? 7 : back)));
  }),
  rule(
    `(?:この|ここ|過去|直近|最近|直近の|過去の|最近の|ここ最近|この直近)(\\d{1,3})(日|週間?|年|${MONTHS})間?`,
    lastUnits,
  ),
  rule(`(\\d{1,3})(日|週|年|${MONTHS})(?:間|分|間分)`, lastUnits),
  rule("(\\d{1,2})日", ([date], now) => thisMonths(n(date), now)),
  rule(`(?:この|ここ|過去|直近|最近)?(半年)間?`, (_, { today }) => lately(today, 6, "月")),
  rule("半年前", (_, { today }) => ago(today, -6, "月")),
];

function lastUnits([count, unit = ""]: readonly string[], { today }: Today): Span | SpanIssue {
  return lately(today, n(count), unit);
}

/** "5日": of this month, or of the last one where this one's is still to come. */
function thisMonths(date: number, { today, past }: Today): Span | SpanIssue {
  const [year, month] = numbersOf(today);
  const day = dayOf(year, month, date);
  if (!past || (day !== undefined && day <= today)) return oneDay(day);
  const [y, m] = numbersOf(plusMonths(today, -1));
  return oneDay(dayOf(y, m, date));
}

function fiscalYear(year: number): Span | SpanIssue {
  const from = dayOf(year, 4, 1);
  const to = dayOf(year + 1, 3, 31);
  return from && to ? { unit: "year", from, to } : "impossible";
}

/** A date, month, year or stretch of time as Japanese writes it, in either calendar. Input: narrow, lower case. */
export function readJapanese(text: string, now: Today): Span | SpanIssue {
  const plain = text
    .replace(/[\s、,]/g, "")
    .replace(KANJI_NUMBER, digitsOf)
    .replace(/年の(?=\d)/, "年")
    .replace(/零|〇/g, "0")
    .replace(/[‐‑‒–—―−]/g, "-");
  for (const bare of [
    plain,
    plain.replace(TIME_AFTER, "").replace(WEEKDAY_AFTER, "").replace(TIME_AFTER, ""),
  ])
    for (const [pattern, read] of RULES) {
      const match = pattern.exec(bare);
      if (match) return read(match.slice(1), now);
    }
  return "not-a-date";
}
