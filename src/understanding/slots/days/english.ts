import { casual } from "chrono-node/en";
import { type Day, dayOf, numbersOf, plusDays, plusMonths, weekdayOf } from "./calendar.ts";
import {
  eitherOrder,
  oneDay,
  type Span,
  type SpanIssue,
  type Today,
  wholeMonth,
  wholeYear,
  yearless,
  yearlessMonth,
} from "./span.ts";

const NAMES = [
  "jan(?:uary)?",
  "feb(?:ruary)?",
  "mar(?:ch)?",
  "apr(?:il)?",
  "may",
  "june?",
  "july?",
  "aug(?:ust)?",
  "sept?(?:ember)?",
  "oct(?:ober)?",
  "nov(?:ember)?",
  "dec(?:ember)?",
];
export const MONTH = `(${NAMES.join("|")})\\.?`;
const monthOf = (name: string): number =>
  NAMES.findIndex((pattern) => new RegExp(`^${pattern}$`).test(name)) + 1;
const DATE = "(?:the )?(\\d{1,2})(?:st|nd|rd|th)?";
const WORDS = [
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];
const COUNT = `(\\d{1,3}|a|an|${WORDS.join("|")}|couple(?: of)?|few)`;

function countOf(word: string): number {
  if (/^\d/.test(word)) return Number(word);
  if (word.startsWith("couple")) return 2;
  if (word === "few") return 3;
  return Math.max(1, WORDS.indexOf(word) + 1);
}

type Rule = readonly [RegExp, (groups: readonly string[], now: Today) => Span | SpanIssue];
const rule = (source: string, read: Rule[1]): Rule => [new RegExp(`^(?:${source})$`), read];
const n = Number;

/** Shift of "last", "this" and "next". */
const shiftOf = (word: string | undefined) =>
  word === "last" || word === "previous" || word === "past" ? -1 : word === "next" ? 1 : 0;
const WHICH = "(?:the )?(last|previous|past|this|current|next)";

function relativeMonth(word: string | undefined, today: Day): [year: number, month: number] {
  const [year, month] = numbersOf(plusMonths(today, shiftOf(word)));
  return [year, month];
}

/** "last April" is the one before this month, "next April" the one after it. */
function namedMonth(which: string | undefined, month: number, now: Today): Span | SpanIssue {
  const [year, current] = numbersOf(now.today);
  const shift = shiftOf(which);
  if (shift < 0) return wholeMonth(month < current ? year : year - 1, month);
  if (shift > 0) return wholeMonth(month > current ? year : year + 1, month);
  return which === undefined ? yearlessMonth(month, now) : wholeMonth(year, month);
}

function lately(count: number, unit: string, today: Day): Span {
  const begin = unit.startsWith("day")
    ? plusDays(today, -count)
    : unit.startsWith("week")
      ? plusDays(today, -count * 7)
      : plusMonths(today, -count * (unit.startsWith("year") ? 12 : 1));
  return { unit: "range", from: plusDays(begin, 1), to: today };
}

const RULES: readonly Rule[] = [
  rule("(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})", ([y, m, d]) => oneDay(dayOf(n(y), n(m), n(d)))),
  rule("(\\d{4})(\\d\\d)(\\d\\d)", ([y, m, d]) => oneDay(dayOf(n(y), n(m), n(d)))),
  rule(`${DATE}(?: of)? ${MONTH},? (\\d{4})`, ([d, m = "", y]) => oneDay(dayOf(n(y), monthOf(m), n(d)))),
  rule(`${MONTH} ${DATE},? (\\d{4})`, ([m = "", d, y]) => oneDay(dayOf(n(y), monthOf(m), n(d)))),
  rule(`(\\d{4}),? ${MONTH} ${DATE}`, ([y, m = "", d]) => oneDay(dayOf(n(y), monthOf(m), n(d)))),
  rule(`(\\d{1,2})[- ]${MONTH}[- ](\\d{4})`, ([d, m = "", y]) => oneDay(dayOf(n(y), monthOf(m), n(d)))),
  rule(`${DATE}(?: of)? ${MONTH}`, ([d, m = ""], now) => yearless(monthOf(m), n(d), now)),
  rule(`${MONTH} ${DATE}`, ([m = "", d], now) => yearless(monthOf(m), n(d), now)),
  rule("(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})", ([d, m, y]) => oneDay(dayOf(n(y), n(m), n(d)))),
  rule("(\\d{1,2})[-/](\\d{1,2})[-/](\\d{4})", ([a, b, y]) =>
    eitherOrder(n(a), n(b), (m, d) => oneDay(dayOf(n(y), m, d))),
  ),
  rule("\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{1,2}", () => "ambiguous"),
  rule("(\\d{1,2})[/](\\d{1,2})", ([a, b], now) => eitherOrder(n(a), n(b), (m, d) => yearless(m, d, now))),
  rule(`${MONTH},?(?: of)? (\\d{4})`, ([m = "", y]) => wholeMonth(n(y), monthOf(m))),
  rule("(\\d{4})[-/.](\\d{1,2})", ([y, m]) => wholeMonth(n(y), n(m))),
  rule("(\\d{1,2})[-/.](\\d{4})", ([m, y]) => wholeMonth(n(y), n(m))),
  rule("(?:the year )?(\\d{4})", ([y]) => wholeYear(n(y))),
  rule(`(?:(last|previous|past|this|next) )?${MONTH}`, ([which, m = ""], now) =>
    namedMonth(which, monthOf(m), now),
  ),
  rule(`${MONTH} (last|this|next) year`, ([m = "", which], { today }) =>
    wholeMonth(numbersOf(today)[0] + shiftOf(which), monthOf(m)),
  ),
  rule(`${WHICH} month`, ([which], { today }) => wholeMonth(...relativeMonth(which, today))),
  rule(`${WHICH} year`, ([which], { today }) => wholeYear(numbersOf(today)[0] + shiftOf(which))),
  rule(`${WHICH} week`, ([which], { today }) => {
    const from = plusDays(today, -((weekdayOf(today) + 6) % 7) + shiftOf(which) * 7);
    return { unit: "range", from, to: plusDays(from, 6) };
  }),
  rule("the (\\d{1,2})(?:st|nd|rd|th)", ([d], { today, past }) => {
    const [year, month, date] = numbersOf(today);
    return oneDay(
      dayOf(...(past && n(d) > date ? relativeMonth("last", today) : ([year, month] as const)), n(d)),
    );
  }),
  rule(`${DATE}(?: of)? (last|previous|this|next) month`, ([d, which], { today }) =>
    oneDay(dayOf(...relativeMonth(which, today), n(d))),
  ),
  rule(
    `(?:(?:for |over |in )?(?:the |these )?(?:last|past|previous) |for )?${COUNT} (day|week|month|year)s?`,
    ([count = "", unit = ""], { today }) => lately(countOf(count), unit, today),
  ),
  rule("(?:the |in the )?(?:last|past) half(?: a)? year", (_, { today }) => lately(6, "month", today)),
];

/** What chrono is asked about: a day relative to today, or the name of a weekday. */
const RELATIVE = /day|tomorrow|ago|week|tonight|morning|evening|in \S+ (?:day|month|year)s?/;

/** The day that chrono reads, if it reads the whole text. */
function relativeDay(text: string, { today, past }: Today): Span | SpanIssue {
  // At noon in Japan no time zone's clock is being changed.
  const instant = new Date(`${today}T12:00:00+09:00`);
  const [result] = RELATIVE.test(text) ? casual.parse(text, { instant, timezone: 540 }) : [];
  if (!result || result.index > 0 || result.text.length < text.length) return "not-a-date";
  const { start } = result;
  const day = dayOf(start.get("year") ?? 0, start.get("month") ?? 0, start.get("day") ?? 0);
  const bareWeekday = start.isCertain("weekday") && !start.isCertain("day") && !/next/.test(text);
  return oneDay(day && past && bareWeekday && day > today ? plusDays(day, -7) : day);
}

const WEEKDAY = "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?";
const WEEKDAY_BEFORE = new RegExp(`^${WEEKDAY}\\.?,? (?=\\S*\\d|${NAMES.join("|")})`);
const WEEKDAY_AFTER = new RegExp(`(?<=\\d),? \\(?${WEEKDAY}\\)?$`);

/** A date, month, year or stretch of time as English writes it. Input: narrow, lower case, spaces folded. */
export function readEnglish(text: string, now: Today): Span | SpanIssue {
  const whole = text.replace(/^(?:on|around|about) /, "");
  const plain = whole
    .replace(
      /^(?:in(?! \S+ (?:day|week|month|year)s?$)|it was|born(?: on| in)?|at|during|approximately) /,
      "",
    )
    .replace(WEEKDAY_BEFORE, "")
    .replace(WEEKDAY_AFTER, "");
  for (const [pattern, read] of RULES) {
    const match = pattern.exec(plain);
    if (match) return read(match.slice(1), now);
  }
  return relativeDay(whole, now);
}
