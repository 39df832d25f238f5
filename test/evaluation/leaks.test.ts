import { describe, expect, it } from "vitest";
import type { ContentLine } from "../../src/evaluation/content-lines.ts";
import { contentLines } from "../../src/evaluation/content-lines.ts";
import { findLeaks, leaksText } from "../../src/evaluation/leaks.ts";
import type { Question } from "../../src/evaluation/question.ts";
import { seeded } from "../../src/understanding/training.ts";
import { ROOT } from "../support/repository.ts";
import { workSince } from "../support/took.ts";

const question = (id: string, locale: string, text: string): Question => ({
  id,
  operator: "jcom",
  locale,
  before: [],
  text,
  kind: "answer",
  gold: [],
  style: "-",
  note: "",
});
const example = (line: number, locale: "ja" | "en", text: string): ContentLine => ({
  file: `content/topics/x/${locale}.tsv`,
  line,
  locale,
  text,
});

const ASKED = [
  question("q1", "ja", "通話の録音はいつまで残りますか？"),
  question("q2", "en", "How long do you keep the recordings of my calls?"),
];

function found(locale: "ja" | "en", text: string): string[] {
  return findLeaks(ASKED, [example(7, locale, text)]).leaks.map((l) => `${l.question} ${l.how} ${l.line}`);
}

describe("a near copy of a question among the examples", () => {
  it.each([
    ["ja", "通話の録音は、いつまで残りますか", "q1 equal 7"],
    ["ja", "ツウワの録音はいつまで残りますか", undefined],
    ["ja", "すみません、通話の録音はいつまで残りますか。急いでます", "q1 contained 7"],
    ["ja", "通話の録音はいつまで残ってますか", undefined],
    ["ja", "通話の録音はいつまで残るか", undefined],
    ["en", "how long do you keep the recordings of my calls", "q2 equal 7"],
    ["en", "Hi, how long do you keep the recordings of my calls? Thanks.", "q2 contained 7"],
    ["en", "how long do you keep recordings of my calls", "q2 alike 7"],
    ["en", "for how many weeks are tapes of calls kept", undefined],
  ] as const)("%s: %s: %s", (locale, text, leak) => {
    expect(found(locale, text)).toEqual(leak ? [leak] : []);
  });

  it("is alike when a word differs in a long sentence", () => {
    const long = "先週の電話で担当の方が言っていた録音のことですが、あれはいつまで保管されるんでしょうか";
    const { leaks } = findLeaks(
      [question("q4", "ja", long)],
      [example(1, "ja", long.replace("先週", "昨日"))],
    );
    expect(leaks).toMatchObject([{ question: "q4", how: "alike" }]);
  });

  it("is looked for in its own language, and never among single words", () => {
    expect(found("en", "通話の録音はいつまで残りますか")).toEqual([]);
    const short = [question("q3", "en", "why?")];
    expect(findLeaks(short, [example(1, "en", "Why")])).toEqual({ leaks: [], short: 1 });
  });

  it("is told by place and id, without the words", () => {
    const text = leaksText(findLeaks(ASKED, [example(7, "ja", "通話の録音はいつまで残りますか")]));
    expect(text).toContain("content/topics/x/ja.tsv:7\tq1\tequal 1.00");
    expect(text).toContain("1 near copies of 1 questions: 1 equal");
    expect(text).not.toContain("録音");
  });

  const count = process.env.MADOGUCHI_LONG ? 30_000 : 2_000;
  it(`is found among ${count} examples in seconds`, () => {
    const random = seeded(3);
    const lines = contentLines(ROOT);
    const many = Array.from({ length: count }, (_, i) => lines[i % lines.length] as ContentLine);
    const words = lines.slice(0, 400).map((l) => l.text);
    const pick = () => words[Math.floor(random() * words.length)] ?? "";
    const asked = Array.from({ length: 1_000 }, (_, i) =>
      question(`q${i}`, i % 2 ? "ja" : "en", `${pick().slice(0, 9)}${pick().slice(3, 20)}${i}`),
    );
    const worked = workSince();
    findLeaks(asked, many);
    expect(worked()).toBeLessThan(10_000);
    expect(new Set(lines.map((l) => l.locale))).toEqual(new Set(["ja", "en"]));
  });
});
