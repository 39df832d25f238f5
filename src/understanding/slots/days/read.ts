import type { Locale } from "../../../reply/locale.ts";
import { readEnglish } from "./english.ts";
import { readJapanese } from "./japanese.ts";
import type { Span, SpanIssue, Today } from "./span.ts";

/** Longest text that is read as a date, in UTF-16 units; chrono's time grows faster than its text. */
const LONGEST = 60;
const JAPANESE = /[\u3041-\u30ff\u3400-\u9fff]/;
const LATIN = /[a-z]{2}/;

/**
 * A date, month, year or stretch of time in either language; digits alone are read as the language of the talk writes
 * them. Input: an `answerOf`, lower case.
 */
export function readSpan(text: string, locale: Locale, now: Today): Span | SpanIssue {
  if (text.length > LONGEST) return "not-a-date";
  const japanese = JAPANESE.test(text) || (locale === "ja" && !LATIN.test(text));
  const readers = japanese ? [readJapanese, readEnglish] : [readEnglish, readJapanese];
  for (const reader of readers) {
    const read = reader(text, now);
    if (read !== "not-a-date") return read;
  }
  return "not-a-date";
}
