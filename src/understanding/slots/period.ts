import type { Locale } from "../../reply/locale.ts";
import { answerOf, searchable, unframed } from "./answer.ts";
import { EARLIEST } from "./date.ts";
import { type Day, dayInJapan, plusDays, plusMonths } from "./days/calendar.ts";
import { MONTH } from "./days/english.ts";
import { readSpan } from "./days/read.ts";
import { maskedDay, shownDay } from "./days/shown.ts";
import type { Span, SpanIssue } from "./days/span.ts";
import { type Found, type Parser, right, wrong } from "./parser.ts";

/** Days from `from` to `to`, both inside; null where it is open. Both null is all of the time. */
export type Period = { readonly from: Day | null; readonly to: Day | null };

const LABEL = /^(?:(?:対象の)?期間|時期)(?:は|が|：|:)[\s、:]{0,9}|^(?:the )?period(?: is|:)[\s:]{1,9}/i;
/** What means all of the time; the first of each is how it is shown. */
const ALL: Readonly<Record<Locale, string>> = {
  ja: "全期間|すべての期間|全ての期間|ぜんきかん|期間すべて|期間全部|全部|ぜんぶ|すべて|全て|これまで全部|今まで全部|今までの全部|これまでのすべて|これまでの全期間|ずっと|最初から最後まで|最初から|契約してからずっと|指定なし|指定しない|期間の指定なし|特になし|限定しない|いつでも",
  en: "the whole period|the entire period|the whole time|all of it|all|all time|all dates|all the time|everything|entire period|any time|anytime|from the beginning|from the start|since the beginning|since the start|no limit|no restriction|not limited|ever|always",
};
const EVERYTHING = new RegExp(`^(?:${ALL.ja}|${ALL.en})$`);
const NOW = /^(?:現在|いま|今|今現在|ただいま|now|present|the present|date)$/;

const JOINED: readonly RegExp[] = [
  /^([^から~〜]{1,40})(?:から|より|~|〜|–|—)(.{1,40}?)(?:まで|迄|の間|の期間)?$/,
  /^(?:from |between |since )?(.{1,40}?) (?:to|until|till|til|through|thru|up to|and|-|–|—) (.{1,40})$/,
  /^([^-]{4,20})-([^-]{4,20})$/,
  /^(\d{4}-\d{1,2}(?:-\d{1,2})?) ?- ?(\d{4}-\d{1,2}(?:-\d{1,2})?)$/,
];
const SINCE = [
  /^(.{1,40}?)(?:から|より|以降|以後|~|〜)(?:ずっと|すべて|全部)?$/,
  /^(?:since|from|after|starting|starting from) (.{1,40}?)(?: on| onwards?)?$/,
];
const UNTIL = [/^(.{1,40}?)(?:まで|以前|迄)$/, /^(?:until|till|up to|through) (.{1,40})$/];
const BEFORE = /^(?:before |prior to )(.{1,40})$|^(.{1,40}?)(?:より前|よりも前)$/;
/** Dates that take their year from the other end. */
const YEARLESS = new RegExp(
  `^(?:\\d{1,2}月(?:\\d{1,2}日?)?|\\d{1,2}/\\d{1,2}|\\d{1,2}日|${MONTH}(?: \\d{1,2}(?:st|nd|rd|th)?)?|\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH})$`,
);
const FROM_THERE = /^(?:翌年|翌月|同年)/;

interface Reading {
  locale: Locale;
  today: Day;
}
const readPast = (text: string, { locale, today }: Reading) => readSpan(text, locale, { today, past: true });

/** The end of a period that begins with `first`: without a year of its own it is the next such day. */
function lastSpan(text: string, first: Span, reading: Reading): Span | SpanIssue {
  const { locale } = reading;
  if (!YEARLESS.test(text) && !FROM_THERE.test(text)) return readPast(text, reading);
  const near = readSpan(text, locale, { today: first.from, past: false });
  if (typeof near === "string" || near.to >= first.from) return near;
  return readSpan(text, locale, { today: plusMonths(first.from, 12), past: false });
}

function joined(begin: string, end: string, reading: Reading): Period | SpanIssue {
  if (NOW.test(end)) {
    const first = readPast(begin, reading);
    return typeof first === "string" ? first : { from: first.from, to: null };
  }
  if (YEARLESS.test(begin)) {
    // The beginning takes its year from the end: the last such day before it.
    const last = readPast(end, reading);
    if (typeof last === "string") return last;
    const first = readPast(begin, { ...reading, today: last.to });
    return typeof first === "string" ? first : { from: first.from, to: last.to };
  }
  const first = readPast(begin, reading);
  if (typeof first === "string") return first;
  const last = lastSpan(end, first, reading);
  return typeof last === "string" ? last : { from: first.from, to: last.to };
}

function periodIn(text: string, reading: Reading): Period | SpanIssue {
  if (EVERYTHING.test(text)) return { from: null, to: null };
  const whole = readPast(text, reading);
  if (typeof whole !== "string") return { from: whole.from, to: whole.to };
  let issue: SpanIssue = whole;
  for (const pattern of JOINED) {
    const [, begin = "", end = ""] = pattern.exec(text) ?? [];
    const read = begin === "" ? "not-a-date" : joined(begin.trim(), end.trim(), reading);
    if (typeof read !== "string") return read;
    if (read !== "not-a-date") issue = read;
  }
  for (const [patterns, side] of [
    [SINCE, "from"],
    [UNTIL, "to"],
  ] as const)
    for (const pattern of patterns) {
      const end = pattern.exec(text)?.[1]?.trim();
      const read = end === undefined ? "not-a-date" : readPast(end, reading);
      if (typeof read !== "string") return { from: null, to: null, [side]: read[side] };
      if (read !== "not-a-date") issue = read;
    }
  const [, before, japanese] = BEFORE.exec(text) ?? [];
  const end = readPast((before ?? japanese ?? "").trim(), reading);
  if (typeof end !== "string") return { from: null, to: plusDays(end.from, -1) };
  return issue;
}

const DAY_JA = "(?:\\d{4}|(?:令和|平成|昭和)(?:\\d{1,2}|元))年\\d{1,2}月(?:\\d{1,2}日)?";
const DAY_EN = `(?:\\d{1,2}(?:st|nd|rd|th)? )?${MONTH}(?: \\d{1,2}(?:st|nd|rd|th)?,?)? \\d{4}`;
const CLEAR = [
  new RegExp(`(?<!\\d)${DAY_JA}(?:から|~|〜)(?:${DAY_JA}|\\d{1,2}月(?:\\d{1,2}日)?)(?:まで)?`, "g"),
  new RegExp(`(?<![A-Za-z])(?:from|between) ${DAY_EN} (?:to|until|and|through) ${DAY_EN}(?!\\d)`, "gi"),
];

/** From one day to another, either of which may be left open, or a month, a year, "the last two years", "全期間". */
export const period: Parser<Period> = {
  kind: "period",
  parse(typed, { locale, now }) {
    const today = dayInJapan(now);
    const answer = unframed(answerOf(typed).toLowerCase(), LABEL).replace(
      /(?:の間|の期間|の分|(?<=\d{4}年|\d月)分|のもの|のデータ|の記録)$/,
      "",
    );
    const read = periodIn(answer, { locale, today });
    if (typeof read === "string") return wrong(read);
    const { from, to } = read;
    if ((from ?? EARLIEST) < EARLIEST || (to ?? EARLIEST) < EARLIEST) return wrong("too-old");
    if (from !== null && to !== null && from > to) return wrong("reversed");
    return from !== null && from > today ? wrong("future") : right(read);
  },
  find(typed, ask) {
    const { text, offset } = searchable(typed);
    const found: Found<Period>[] = [];
    for (const match of CLEAR.flatMap((clear) => [...text.matchAll(clear)]).sort(
      (a, b) => a.index - b.index,
    )) {
      const read = period.parse(match[0], ask);
      const from = offset(match.index);
      if (!read.ok || from < (found.at(-1)?.to ?? 0)) continue;
      found.push({ value: read.value, from, to: offset(match.index + match[0].length) });
    }
    return found;
  },
  show: ({ from, to }, { locale }) =>
    between(from && shownDay(from, locale), to && shownDay(to, locale), locale),
  masked: ({ from, to }, { locale }) => between(from && maskedDay(from), to && maskedDay(to), locale),
};

function between(from: string | null, to: string | null, locale: Locale): string {
  if (from === null && to === null) return ALL[locale].slice(0, ALL[locale].indexOf("|"));
  const dash = locale === "ja" ? "～" : " – ";
  return from === to ? (from ?? "") : `${from ?? ""}${dash}${to ?? ""}`.trim();
}
