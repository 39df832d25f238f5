import { answerOf, searchable, unframed } from "./answer.ts";
import { type Day, dayInJapan } from "./days/calendar.ts";
import { MONTH } from "./days/english.ts";
import { readSpan } from "./days/read.ts";
import { maskedDay, shownDay } from "./days/shown.ts";
import { type Found, type Parser, right, wrong } from "./parser.ts";

/** No question is about a day before it. */
export const EARLIEST: Day = "1900-01-01";

const LABEL =
  /^(?:(?:私|わたし|僕)の)?(?:生年月日|誕生日|日付|日にち)(?:は|が|：|:)[\s、:]{0,9}|^(?:(?:my |the )?(?:birthday|birth ?date|date of birth|dob|date)(?: is| was|:)|i was born(?: on)?|it was(?: on)?|it's|that was)[\s:]{1,9}/i;

const ERA = "(?:令和|平成|昭和|大正|明治)";
/** Days that are one beyond doubt, wherever they stand. */
const CLEAR = [
  new RegExp(
    `(?<!\\d)(?:\\d{4}|${ERA}(?:\\d{1,2}|元))年[ の]?\\d{1,2}月 ?\\d{1,2}日|(?<![\\d年の])\\d{1,2}月\\d{1,2}日`,
    "g",
  ),
  /(?<![\d./-])\d{4}([-/.])\d{1,2}\1\d{1,2}(?![\d/-]|\.\d)/g,
  /(?<![A-Za-z0-9])[RHST]\d{1,2}([./])\d{1,2}\1\d{1,2}(?!\d)/g,
  new RegExp(`(?<![A-Za-z0-9])\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH},? \\d{4}(?!\\d)`, "gi"),
  new RegExp(`(?<![A-Za-z])${MONTH} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}(?!\\d)`, "gi"),
];

/**
 * A day of either calendar, also one told from today ("昨日", "last Tuesday"), as the calendar stands in Japan at `now`.
 * `pastOnly`: a day after today is an issue, and a date without its year is the last one.
 */
export function dateOf({ pastOnly }: { pastOnly: boolean }): Parser<Day> {
  const parser: Parser<Day> = {
    kind: "date",
    parse(typed, { locale, now }) {
      const today = dayInJapan(now);
      const answer = unframed(answerOf(typed).toLowerCase(), LABEL);
      const span = readSpan(answer, locale, { today, past: pastOnly });
      if (typeof span === "string") return wrong(span);
      if (span.unit !== "day") return wrong("not-a-date");
      if (span.from < EARLIEST) return wrong("too-old");
      return pastOnly && span.from > today ? wrong("future") : right(span.from);
    },
    find(typed, ask) {
      const { text, offset } = searchable(typed);
      const found: Found<Day>[] = [];
      const all = CLEAR.flatMap((clear) => [...text.matchAll(clear)]).sort((a, b) => a.index - b.index);
      for (const match of all) {
        const read = parser.parse(match[0], ask);
        const from = offset(match.index);
        if (!read.ok || from < (found.at(-1)?.to ?? 0)) continue;
        found.push({ value: read.value, from, to: offset(match.index + match[0].length) });
      }
      return found;
    },
    show: (value, { locale }) => shownDay(value, locale),
    masked: (value) => maskedDay(value),
  };
  return parser;
}
