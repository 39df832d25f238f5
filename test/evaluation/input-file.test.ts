import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseLine } from "../../src/commands/ask.ts";
import { InputError } from "../../src/evaluation/input-file.ts";
import { readLabelled } from "../../src/evaluation/labelled-file.ts";
import { passageOddities, readPassages } from "../../src/evaluation/passage-trial.ts";
import { readQuestions } from "../../src/evaluation/question.ts";
import { ROOT } from "../support/repository.ts";
import { sharedFolder } from "../support/temp.ts";

const shared = sharedFolder();
const folder = shared.path;
afterAll(() => shared.remove());
function file(bytes: string | Uint8Array): string {
  const path = join(folder, "given");
  writeFileSync(path, bytes);
  return path;
}

const jsonl = (...rows: object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
const question = { id: "1", operator: "jcom", locale: "ja", text: "録音は？", kind: "answer", gold: ["a"] };
const talk = { id: "2", operator: "jcom", locale: "en", turns: ["a", "b"], kinds: ["answer"], gold: [["a"]] };
const operators = ["jcom"];
const utf16 = Buffer.from("\ufeffhello\tgreeting\n", "utf16le");
const shiftJis = Uint8Array.of(0x98, 0x5e, 0x89, 0xb9, 0x09, 0x61, 0x0a);

describe("a file that somebody else made", () => {
  it.each<[string, string | Uint8Array, unknown]>([
    ["a byte order mark and CRLF", "\ufeffhello\tgreeting\r\n\r\nbye\tparting\r\n", ["hello", "bye"]],
    ["a line that names the columns", "Text\tLabel\nhello\tgreeting\n", ["hello"]],
    ["quotes, which stay", '"say ""hi"""\tgreeting\n', ['"say ""hi"""']],
  ])("is read with %s", (_, bytes, texts) => {
    expect(readLabelled(file(bytes)).map(({ text }) => text)).toEqual(texts);
  });

  it("is read as JSON lines with a byte order mark, CRLF, other keys, and no heading", () => {
    const line = JSON.stringify({ doc: 1, id: 2, heading: null, text: "cats", page: 4 });
    expect(readPassages(file(`\ufeff${line}\r\n\r\n`))).toEqual([
      { doc: "1", id: "2", heading: null, text: "cats" },
    ]);
    expect(readQuestions(file(`\ufeff${jsonl(question)}`), operators)).toHaveLength(1);
  });

  it.each<[string, () => unknown, RegExp]>([
    ["it is not there", () => readLabelled(join(folder, "none")), /none: cannot be read \(ENOENT\)$/],
    ["it is in UTF-16", () => readLabelled(file(utf16)), /UTF-8/],
    ["it is in Shift_JIS", () => readLabelled(file(shiftJis)), /UTF-8/],
    ["it is empty", () => readPassages(file("\n \n")), /holds no line/],
    [
      "lines have other columns, all of them named",
      () => readLabelled(file("a\tb\tc\nok\tx\nalone\n\tx\n")),
      /:1: has 3 columns.*\n.*:3: has one column.*\n.*:4: the text is empty/,
    ],
    ["JSON is broken", () => readPassages(file('{"doc":"d","id":"1","text":"x"}\n{\n')), /:2: not a line/],
    ["a key is missing", () => readPassages(file(jsonl({ doc: "d", id: "1" }))), /:1: text: /],
    [
      "an operator is not there",
      () => readQuestions(file(jsonl(question, { ...question, operator: "acme" })), operators),
      /:2: the operator acme .*jcom/,
    ],
    ["a kind is none", () => readQuestions(file(jsonl({ ...question, kind: "reply" }))), /:1: kind: one of/],
    ["a talk has gaps", () => readQuestions(file(jsonl(question, talk))), /:2: turns, kinds and gold/],
    ["text stands for JSON", () => readQuestions(file("hello\n")), /:1: not a line of JSON/],
  ])("is refused, with its name and line, when %s", (_, read, says) => {
    expect(read).toThrow(InputError);
    expect(read).toThrow(says);
  });

  it("is told of what is odd and can be ranked all the same", () => {
    const [p, q] = [
      { doc: "d", id: "1", text: "x" },
      { qid: "a", doc: "d", text: "x" },
    ];
    expect(passageOddities([p], [q])).toEqual([]);
    expect(passageOddities([p, p], [q, q, { ...q, qid: "b", doc: "e" }])).toHaveLength(3);
  });
});

it("npm run eval tells what is wrong with what it was given in a line, not by its own code", () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ["src/commands/eval.ts", ...args], { cwd: ROOT, encoding: "utf8" });
  expect(run("--lang", "fr", "--train", file("a\tb\n"), "--test", file("a\tb\n"))).toMatchObject({
    status: 1,
    stderr: "--lang fr: write ja or en\n",
  });
  expect(run("--trian", "a.tsv").stderr).toMatch(/^Unknown option '--trian'.*\n$/);
});

describe("a line of npm run ask", () => {
  it("may begin with a byte order mark", () => {
    expect(parseLine('\ufeff{"id":"1","operator":"jcom","text":"hi"}')).toMatchObject({
      kind: "line",
      line: { id: "1" },
    });
  });

  it("is answered by its id when it cannot be read", () => {
    expect(parseLine('{"id":"7","operator":4}')).toMatchObject({
      told: { id: "7", error: expect.stringMatching("operator") },
    });
    expect(parseLine("{")).toEqual({ kind: "bad", told: { error: "not a line of JSON" } });
  });
});
