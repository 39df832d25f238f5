import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { address } from "../../../src/understanding/slots/address.ts";
import { choiceOf } from "../../../src/understanding/slots/choice.ts";
import { choicesOf } from "../../../src/understanding/slots/choices.ts";
import { code } from "../../../src/understanding/slots/code.ts";
import { dateOf } from "../../../src/understanding/slots/date.ts";
import { email } from "../../../src/understanding/slots/email.ts";
import { kana } from "../../../src/understanding/slots/kana.ts";
import { name } from "../../../src/understanding/slots/name.ts";
import {
  type Ask,
  issueKey,
  type Json,
  type Parsed,
  type Parser,
} from "../../../src/understanding/slots/parser.ts";
import { period } from "../../../src/understanding/slots/period.ts";
import { postal } from "../../../src/understanding/slots/postal.ts";
import { receiptNumber } from "../../../src/understanding/slots/receipt-number.ts";
import { telephone } from "../../../src/understanding/slots/telephone.ts";
import { text } from "../../../src/understanding/slots/text.ts";
import { yesNo } from "../../../src/understanding/slots/yes-no.ts";
import { anyText } from "../../support/any-text.ts";
import { RECEIPT } from "../../support/receipts.ts";
import { ROOT } from "../../support/repository.ts";
import { asked, NOW } from "../../support/slots.ts";
import { shortWork } from "../../support/took.ts";
import { METHODS } from "./methods.ts";

/** A parser whose values are of one kind, whichever. */
type Any = Parser<Json>;
const date = dateOf({ pastOnly: true });
const choice = choiceOf(METHODS);
const choices = choicesOf(METHODS);
const parsers = [
  email,
  telephone,
  postal,
  address,
  name,
  kana,
  date,
  dateOf({ pastOnly: false }),
  period,
  text,
  yesNo,
  choice,
  choices,
  receiptNumber,
  code,
] as unknown as Any[];

/** One wrong answer for each sentence. */
const WRONG: readonly [
  { kind: string; parse: (typed: string, ask: Ask) => Parsed<Json> },
  typed: string,
  issue: string,
][] = [
  [email, "taro", "no-at"],
  [email, "@example.jp", "no-name"],
  [email, "taro@", "no-domain"],
  [email, "太郎@example.jp", "letters"],
  [email, "taro yamada@example.jp", "space"],
  [email, "a@b.jp c@d.jp", "many"],
  [email, `${"a".repeat(65)}@b.jp`, "too-long"],
  [telephone, "090", "too-short"],
  [telephone, "090-1234-56789", "too-long"],
  [telephone, "なし", "not-a-number"],
  [telephone, "090-0000-0000", "impossible"],
  [telephone, "090-1234-5678 03-1234-5678", "many"],
  [postal, "100", "length"],
  [postal, "0000000", "unknown"],
  [address, "東京", "too-short"],
  [address, "あ".repeat(301), "too-long"],
  [address, "a@b.jp", "symbols"],
  [name, " ", "empty"],
  [name, "山田1", "digits"],
  [name, "あ".repeat(201), "too-long"],
  [name, "山田★", "symbols"],
  [kana, "山田", "kanji"],
  [kana, "Smith", "other"],
  [kana, "ア".repeat(201), "too-long"],
  [date, "いつか", "not-a-date"],
  [date, "2月30日", "impossible"],
  [date, "明日", "future"],
  [date, "1800-01-01", "too-old"],
  [date, "03/04/05", "ambiguous"],
  [period, "いつか", "not-a-date"],
  [period, "2月30日から", "impossible"],
  [period, "明日から", "future"],
  [period, "1800年から", "too-old"],
  [period, "03/04/05から", "ambiguous"],
  [period, "2025年から2024年まで", "reversed"],
  [text, "", "empty"],
  [text, "あ".repeat(1001), "too-long"],
  [yesNo, "いいです", "unclear"],
  [choice, "はがき", "none-of-these"],
  [choice, "メールか電話", "several"],
  [choices, "はがき", "none-of-these"],
  [receiptNumber, "ABC", "length"],
  [receiptNumber, "0BC-DEF-GHJK", "letter"],
  [receiptNumber, "ABC-DEF-GHJK", "check"],
  [code, "ABC", "length"],
  [code, "0BCD-2345", "letter"],
];

describe("a wrong answer", () => {
  it.each(WRONG.map(([parser, typed, issue]) => [parser.kind, issue, typed, parser] as const))(
    "%s: %s",
    (_, issue, typed, parser) => {
      expect(parser.parse(typed, asked("ja"))).toEqual({ ok: false, issue });
    },
  );

  it.each(["ja", "en"] as const)("has its sentence in %s, and no sentence is left over", (locale) => {
    const file = JSON.parse(readFileSync(join(ROOT, `locales/${locale}/slots.json`), "utf8"));
    const sentences = Object.entries(file).flatMap(([kind, issues]) =>
      Object.keys(issues as object).map((issue) => issueKey(kind, issue)),
    );
    expect(sentences.sort()).toEqual(
      [...new Set(WRONG.map(([{ kind }, , issue]) => issueKey(kind, issue)))].sort(),
    );
  });
});

const NASTY = [
  "",
  " ",
  "\ud800",
  "\udc00\ud800",
  "a\ud83d@\ude00.jp",
  "\u0000",
  "090\u00001234\u00005678",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "\u202e8765-4321-090",
  "﷽",
  "{{name}} $t(x)",
  "😀".repeat(1000),
  `Z${"\u0321\u0300\u0489".repeat(300)}`,
];

/** What every outcome promises, whatever was typed. */
function holds(parser: Any, typed: string): void {
  for (const locale of ["ja", "en"] as const) {
    const ask = asked(locale);
    const read = parser.parse(typed, ask);
    if (read.ok) {
      expect(JSON.parse(JSON.stringify(read.value))).toEqual(read.value);
      for (const shown of [parser.show(read.value, ask), parser.masked(read.value, ask)]) {
        expect(shown).not.toBe("");
        expect(shown.isWellFormed()).toBe(true);
      }
    } else expect(read.issue).toMatch(/^[a-z-]+$/);
    let end = 0;
    for (const { value, from, to } of parser.find(typed, ask)) {
      expect(from).toBeGreaterThanOrEqual(end);
      expect(to).toBeGreaterThan(from);
      expect(to).toBeLessThanOrEqual(typed.length);
      expect(parser.show(value, ask)).not.toBe("");
      end = to;
    }
  }
}

/** Pieces that values are made of, so that random texts come near to them. */
const PIECES = [
  "@",
  "＠",
  ".",
  "example",
  "jp",
  "090",
  "1234",
  "５６７８",
  "-",
  "ー",
  "〒",
  "100",
  "0005",
  "東京都",
  "千代田区",
].concat(
  [
    "年",
    "月",
    "日",
    "令和",
    "2026",
    "11",
    "22",
    "/",
    "から",
    "まで",
    "です",
    "は",
    "、",
    "。",
    " ",
    "　",
    "\n",
    "my name is ",
  ],
  [
    "John",
    "May",
    "last ",
    "ago",
    "days ",
    "と",
    "1",
    "①",
    "メール",
    "以外",
    "not ",
    "はい",
    "no",
    "名前",
    "ﾔ",
    "\u200b",
    "𠮷",
    "\ud800",
  ],
);

const MOST_MS = 5;
/** Kinds that take longer, and why. */
const DEARER: Readonly<Record<string, { mostMs: number; why: string }>> = {
  telephone: {
    mostMs: 15,
    why: "finding one asks the detectors of all personal numbers, which weigh each group of digits",
  },
};

describe.each(parsers.map((parser) => [parser.kind, parser] as const))("any text as %s", (_, parser) => {
  it("is a value or an issue, and what is found stands in it, in order", () => {
    for (const typed of NASTY) holds(parser, typed);
    fc.assert(
      fc.property(anyText(60), (typed) => holds(parser, typed)),
      { numRuns: 200 },
    );
    const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((list) => list.join(""));
    fc.assert(
      fc.property(pieces, (typed) => holds(parser, typed)),
      { numRuns: 500 },
    );
  });

  const mostMs = DEARER[parser.kind]?.mostMs ?? MOST_MS;
  it(`takes no more than ${mostMs} ms for 2,000 characters`, () => {
    parser.parse("1000005", asked("ja"));
    const pumps = [
      ...PIECES,
      "a",
      "1",
      "あ",
      "漢",
      "a@",
      "a@a.",
      "1-",
      "090-",
      "1 ",
      "東京都千代田区1",
      "の",
      "(",
      "と",
      "一",
    ].concat([
      "may ",
      "3 days ",
      "11月22日",
      "2026-11-22 ",
      "名前は",
      "2025年4月から",
      "me",
      "メールと",
      "not メール",
      "😀",
      "\u0301",
      "ABC-",
    ]);
    const slow = pumps.flatMap((pump) => {
      const typed = pump.repeat(Math.ceil(2000 / pump.length)).slice(0, 2000);
      return [`${typed.slice(0, -1)}!`, typed].flatMap((attack) => {
        const parsed = shortWork(() => parser.parse(attack, asked("ja")), mostMs);
        const found = shortWork(() => parser.find(attack, asked("ja")), mostMs);
        const least = Math.max(parsed, found);
        return least > mostMs ? [[pump, Math.round(least)]] : [];
      });
    });
    expect(slow).toEqual([]);
  });
});

describe("a value", () => {
  const ask = { locale: "ja", now: NOW } as const;
  const values: [Any, Json[]][] = [
    [email, ["taro@example.jp", "taro@xn--r8jz45g.jp"]],
    [telephone, ["+819012345678", "+442079460958"]],
    [name, ["𠮷田 花子", "John Smith"]],
    [kana, ["ヤマダ タロウ"]],
    [address, ["東京都千代田区丸の内1-1-1"]],
    [date, ["2026-11-22", "1980-05-05"]],
    [
      period,
      [
        { from: "2025-04-01", to: "2026-03-31" },
        { from: "2025-04-01", to: null },
        { from: null, to: null },
      ],
    ],
    [yesNo, [true, false]],
    [choice, ["paper"]],
    [choices, [["email", "phone"]]],
    [receiptNumber, [RECEIPT]],
    [code, ["ABCD2345"]],
    [postal, [{ code: "1000005", places: ["東京都千代田区丸の内"] }]],
  ] as unknown as [Any, Json[]][];

  it.each(values.map(([parser, list]) => [parser.kind, parser, list] as const))(
    "of %s reads back as it is shown",
    (_, parser, list) => {
      for (const value of list)
        expect(parser.parse(parser.show(value, ask), ask)).toEqual({ ok: true, value });
    },
  );
});
