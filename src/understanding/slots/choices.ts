import { readable } from "./answer.ts";
import { keyOf, numberOf, type Option, readerOf } from "./options.ts";
import { type Parser, right, wrong } from "./parser.ts";

/** The value that stands for every other one. */
const ALL = "all";
const EVERYTHING =
  /^(?:全部|ぜんぶ|すべて|全て|全部とも|全項目|どれも|みんな|all|everything|all of (?:them|it|these|those|the above)|every one|each of them)(?:です|で|を|に|お願いします|ください|希望します|する|します|だ| please){0,4}$/;
const BOTH =
  /^(?:両方|りょうほう|どちらも|どっちも|both|both of them)(?:です|とも|で|を|お願いします|ください|希望します| please){0,4}$/;
const EVERYTHING_BUT = /全部|ぜんぶ|すべて|全て|ほか|他|以外|\ball\b|everything|except|other than|but not/;
/** What sums up a list: "電話も手紙も全部" is the two of them. */
const SUMMED =
  /[もとや].{0,20}(?:全部|ぜんぶ|すべて|全て)(?:です|で|を|お願い|おねがい|止め|とめ|やめ|ください|下さい|してください|して|$)|\ball (?:of them|three|four)$/;
const SEPARATORS =
  /[、,，・/／&＆+＋\n;；]|と(?=.)|及び|および|かつ|それと|あと|\band\b|\bplus\b|(?<=[\d０-９①-⑳])[\s.．](?=[\d０-９①-⑳])/gi;
const RANGE = /^(\d{1,2})(?:番)?(?:から|ー|-|~|〜|to|through)(\d{1,2})(?:番)?(?:まで)?$/;
/** Parts that a list is read in; people name a handful. */
const PARTS = 40;
const CIRCLED = /([①-⑳])(?=[①-⑳])/g;

/** Several of some options, kept in the order of the options: "1と3", "メールと電話", "全部", "メール以外全部". */
export function choicesOf(options: readonly Option[]): Parser<readonly string[]> {
  const reader = readerOf(options);
  const values = options.map((o) => o.value);
  const single = values.filter((v) => v !== ALL);
  const everything = values.includes(ALL) ? [ALL] : values;
  const nameOf = (value: string) => options.find((o) => o.value === value)?.names[0] ?? value;
  const show = (chosen: readonly string[], { locale }: { locale: string }) =>
    chosen.map(nameOf).join(locale === "ja" ? "、" : ", ");

  function chosenIn(typed: string): readonly string[] {
    const key = keyOf(typed);
    if (EVERYTHING.test(key) || (BOTH.test(key) && single.length === 2)) return everything;
    const direct = reader.byName(typed);
    if (direct.length > 0) return direct;
    const range = RANGE.exec(key.replace(/ /g, ""));
    if (range)
      return range[2] && Number(range[2]) <= values.length
        ? values.slice(Number(range[1]) - 1, Number(range[2]))
        : [];
    const { named, excluded } = reader.inside(typed);
    if (excluded.length > 0 && named.every((v) => v === ALL) && EVERYTHING_BUT.test(key))
      return single.filter((v) => !excluded.includes(v));
    const parts = readable(typed).replace(CIRCLED, "$1,").split(SEPARATORS).slice(0, PARTS);
    const found = new Set(named);
    for (const part of parts) {
      const number = numberOf(part);
      if (number !== undefined && values[number - 1] === undefined) return [];
      for (const value of reader.byNumber(part) ?? reader.byName(part))
        if (!excluded.includes(value)) found.add(value);
    }
    // What is left out or stands beside it is no part of a sum.
    if (found.has(ALL) && found.size > 2 && excluded.length === 0 && SUMMED.test(key)) found.delete(ALL);
    return values.filter((v) => found.has(v));
  }

  return {
    kind: "choices",
    parse(typed) {
      const chosen = chosenIn(typed);
      if (chosen.length === 0) return wrong("none-of-these");
      return right(chosen.includes(ALL) ? [ALL] : chosen);
    },
    find: () => [],
    show,
    masked: show,
  };
}
