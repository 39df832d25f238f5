import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { measure } from "../support/long.ts";
import { regexesIn, type WrittenRegex } from "../support/regexes.ts";
import { filesBelow, ROOT } from "../support/repository.ts";
import { shortWork } from "../support/took.ts";

/** What is not in proportion shows it at a tenth of B14's length, too. */
const LENGTH = measure(10_000, 100_000);
/** B14's milliseconds: twenty for the whole. */
const MOST_MS = LENGTH / 5_000;
/** Files that no customer's text comes to: they read settings, content and question files. */
const OURS = /^src\/(config\.ts|commands\/|evaluation\/|knowledge\/)/;

/** Expressions that never see a long text, the longest that they see, and why. */
const BOUNDED: readonly { begins: string; most: number; why: string }[] = [
  {
    begins: "(?:を?お願い",
    most: 100,
    why: "a typed command is looked up only in a message of 40 characters",
  },
  {
    begins: "^(?:please|pls|ok",
    most: 100,
    why: "a typed command is looked up only in a message of 40 characters",
  },
  {
    begins: "^(?:番号|ナンバー",
    most: 24,
    why: "what stands between a number and the word for it is looked at up to 24 characters",
  },
  {
    begins: "(?:いつ|何日|何時間",
    most: 80,
    why: "when and why are asked at the end: only the last 80 characters are looked at",
  },
  { begins: "[。！!\\s、,]+$", most: 600, why: "questions are looked for in the first 600 characters" },
];

const PUMPS = [
  "a",
  "A",
  "1",
  " ",
  "\n",
  "\t",
  "'",
  "-",
  ".",
  ":",
  "/",
  "\\",
  "[",
  "<",
  "あ",
  "ア",
  "漢",
  "ー",
].concat([
  "。",
  "、",
  "？",
  "ね",
  "\u0301",
  "\u200b",
  "😀",
  "a ",
  " a",
  "a'",
  "\r\n",
  "あ ",
  "🏽\u200d",
  "\\u005f",
  "../",
]);

/** Repeated texts that come close to an expression: its own words, and every kind of character. */
function attacks(source: string, length: number): string[] {
  const words = source.match(/[\p{L}\p{N}' ]+/gu) ?? [];
  const own = [...new Set([...words, words.join(""), words.join(" ")])].filter((w) => w !== "").slice(0, 24);
  return [...PUMPS, ...own].flatMap((pump) => {
    const run = pump.repeat(Math.ceil(length / pump.length)).slice(0, length);
    return [run, `${run.slice(0, -2)}\u0001!`];
  });
}

/** Milliseconds that an expression takes to go through a text. */
function timeOf({ source, flags }: Pick<WrittenRegex, "source" | "flags">, text: string): number {
  const regex = new RegExp(source, flags.includes("g") ? flags : `${flags}g`);
  return shortWork(() => text.replace(regex, ""), MOST_MS);
}

/** The slowest time on any attack; a tenth of the length first, so that a slow one is found without the wait. */
function slowest(regex: WrittenRegex): number {
  const most = BOUNDED.find((b) => regex.source.startsWith(b.begins))?.most ?? LENGTH;
  let worst = 0;
  for (const length of [Math.ceil(most / 10), most]) {
    for (const text of attacks(regex.source, length)) {
      worst = Math.max(worst, timeOf(regex, text));
      if (worst > MOST_MS) return worst;
    }
  }
  return worst;
}

const regexes = filesBelow("src", ".ts")
  .filter((f) => !OURS.test(f))
  .flatMap((f) => regexesIn(f, readFileSync(join(ROOT, f), "utf8")));

describe("a regular expression that customers' text reaches", () => {
  it("is found wherever one is written", () => {
    expect(regexes.length).toBeGreaterThan(60);
    const source = 'const a = b / c / d; // x = /no/\nf(/yes[/]\\//g, "/no/"); return /too/u;';
    expect(regexesIn("x.ts", source).map((r) => [r.line, r.source, r.flags])).toEqual([
      [2, "yes[/]\\/", "g"],
      [2, "too", "u"],
    ]);
  });

  it.each(regexes.map((r) => [`${r.file}:${r.line}`, r] as const))("is quick on anything: %s", (_, regex) => {
    expect(slowest(regex)).toBeLessThanOrEqual(MOST_MS);
  });

  it("needs every bound that is listed", () => {
    expect(BOUNDED.filter((b) => !regexes.some((r) => r.source.startsWith(b.begins)))).toEqual([]);
  });

  it("would be caught when it is slow", () => {
    expect(slowest({ file: "x.ts", line: 1, source: "a+$", flags: "" })).toBeGreaterThan(MOST_MS);
  });
});
