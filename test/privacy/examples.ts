import { readFileSync } from "node:fs";
import { join } from "node:path";
import { myNumberCheckDigit } from "../../src/understanding/personal/my-number.ts";
import { ROOT } from "../support/repository.ts";

/** One message, and the parts of it that must be blacked out. */
export interface Example {
  /** `ja.tsv:12` */
  line: string;
  text: string;
  kinds: string[];
  /** Indices of UTF-16 units, `[from, to)`. */
  marked: [from: number, to: number][];
}

/** Random numbers in 0..1. */
type Next = () => number;

const digits = (next: Next, n: number) => Array.from({ length: n }, () => Math.floor(next() * 10)).join("");
const pick = <T>(next: Next, all: readonly T[]): T => all[Math.floor(next() * all.length)] as T;
const other = (next: Next, digit: number) => (digit + 1 + Math.floor(next() * 9)) % 10;

/** The digit that makes the sum of Luhn's formula a multiple of ten. */
function luhnDigit(body: string): number {
  const sum = body
    .split("")
    .reverse()
    .reduce((all, c, i) => {
      const doubled = Number(c) * (i % 2 === 0 ? 2 : 1);
      return all + Math.floor(doubled / 10) + (doubled % 10);
    }, 0);
  return (10 - (sum % 10)) % 10;
}

function card(next: Next, right: boolean): string {
  const [first, length] = pick(next, [
    ["4", 16],
    ["51", 16],
    ["54", 16],
    ["2221", 16],
    ["34", 15],
    ["37", 15],
    ["3530", 16],
    ["36", 14],
    ["6011", 16],
    ["62", 16],
  ] as const);
  const body = first + digits(next, length - first.length - 1);
  const check = luhnDigit(body);
  const all = body + (right ? check : other(next, check));
  const groups = { 14: [4, 6, 4], 15: [4, 6, 5], 16: [4, 4, 4, 4] }[length] ?? [];
  return shaped(next, grouped(all, groups, pick(next, ["", "", " ", "-", "－", "　"])));
}

function myNumber(next: Next, right: boolean): string {
  const body = digits(next, 11);
  const check = myNumberCheckDigit(body);
  return shaped(
    next,
    grouped(`${body}${right ? check : other(next, check)}`, [4, 4, 4], pick(next, ["", "", " ", "-"])),
  );
}

function mobile(next: Next): string {
  const all = `0${pick(next, ["7", "8", "9"])}0${1 + Math.floor(next() * 9)}${digits(next, 7)}`;
  return shaped(next, grouped(all, [3, 4, 4], pick(next, ["", "-", "-", " ", "ー", "－"])));
}

function fixed(next: Next): string {
  const area = pick(next, [
    "03",
    "06",
    "011",
    "045",
    "052",
    "075",
    "092",
    "0422",
    "0463",
    "0798",
    "0952",
    "04992",
  ]);
  const local = `${2 + Math.floor(next() * 8)}${digits(next, 5 - area.length)}`;
  return shaped(
    next,
    grouped(
      area + local + digits(next, 4),
      [area.length, local.length, 4],
      pick(next, ["-", "-", "ー", " "]),
    ),
  );
}

function grouped(all: string, lengths: readonly number[], separator: string): string {
  const ends = lengths.map((_, i) => lengths.slice(0, i + 1).reduce((sum, n) => sum + n, 0));
  return ends.map((end, i) => all.slice(ends[i - 1] ?? 0, end)).join(separator);
}

/** Now and then in full width. */
function shaped(next: Next, number: string): string {
  if (next() < 0.85) return number;
  return number.replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0));
}

function filled(text: string, next: Next): string {
  return text.replace(/\{([a-z-]+|\d+)(!?)\}/g, (_, name: string, wrong: string) => {
    if (name === "card") return card(next, wrong === "");
    if (name === "my-number") return myNumber(next, wrong === "");
    if (name === "mobile") return mobile(next);
    if (name === "fixed") return fixed(next);
    // Neither a telephone number nor, but for one in eleven, a My Number.
    return `${1 + Math.floor(next() * 9)}${digits(next, Number(name) - 1)}`;
  });
}

function exampleOf(line: string, kinds: string, written: string): Example {
  const marked: Example["marked"] = [];
  let text = "";
  for (const part of written.split(/(\[\[|\]\])/)) {
    if (part === "[[") marked.push([text.length, text.length]);
    else if (part === "]]") (marked.at(-1) as [number, number])[1] = text.length;
    else text += part;
  }
  return { line, text, kinds: kinds === "-" ? [] : kinds.split(","), marked };
}

/** The lines of a file; those with generated numbers `times` times over. */
export function examplesOf(file: string, next: Next, times: number): Example[] {
  const lines = readFileSync(join(ROOT, "test/privacy", file), "utf8").split("\n");
  return lines.flatMap((line, i) => {
    if (line === "" || line.startsWith("#")) return [];
    const [kinds = "", raw] = line.split("\t");
    if (raw === undefined) throw new Error(`${file}:${i + 1}: no text`);
    const written = raw.replaceAll("\\n", "\n");
    const copies = /\{[a-z\d-]+!?\}/.test(written) ? times : 1;
    return Array.from({ length: copies }, () => exampleOf(`${file}:${i + 1}`, kinds, filled(written, next)));
  });
}
