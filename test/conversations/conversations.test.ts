import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Part } from "../../src/reply/words.ts";
import { type Reply, theBrain, turn } from "../support/brain.ts";
import { filesBelow, ROOT } from "../support/repository.ts";
import { type Line, parseTranscript } from "./transcript.ts";

const brain = await theBrain();
const files = filesBelow("test/conversations", ".txt");

/** A reply as a transcript names it, in full: `answer call-recording`. */
function nameOf(part: Part): string {
  switch (part.kind) {
    case "answer":
      return `answer ${part.clauses[0]}`;
    case "request":
      return `request ${part.request}`;
    case "smalltalk":
      return `smalltalk ${part.intent}`;
    case "out-of-scope":
      return `out-of-scope ${part.reason}`;
    case "clarify":
      return `clarify ${part.clarify.map((o) => o.id).join(" ")}`;
    case "handoff":
    case "notice":
      return part.kind;
  }
}

/** What is wrong with a reply; empty when it keeps its promises. */
function broken(line: Line, { words, text, locale }: Reply): string[] {
  const said = nameOf(words);
  const parts = (words.parts ?? [words]).map(nameOf).join(", ");
  const folded = text.toLowerCase();
  return [
    ...(line.wanted === "something" || said === line.wanted || said.startsWith(`${line.wanted} `)
      ? []
      : [`wanted ${line.wanted}, said ${said}`]),
    ...(line.parts === undefined || line.parts === parts
      ? []
      : [`wanted parts ${line.parts}, said ${parts}`]),
    ...(line.locale === undefined || line.locale === locale ? [] : [`wanted ${line.locale}, said ${locale}`]),
    ...line.says.filter((s) => !folded.includes(s.toLowerCase())).map((s) => `does not say ${s}`),
    ...line.not.filter((s) => folded.includes(s.toLowerCase())).map((s) => `says ${s}`),
  ];
}

function problemsOf(file: string): string[] {
  const { operator, locale, lines } = parseTranscript(file, readFileSync(join(ROOT, file), "utf8"));
  let { talk } = brain.open(operator, { locale });
  return lines.flatMap((line) => {
    if (line.fresh) talk = brain.open(operator, { locale }).talk;
    const reply = turn(brain, operator, talk, line.incoming);
    talk = reply.talk;
    const typed = line.incoming.text ?? line.incoming.command;
    return broken(line, reply).map((b) => `${file}:${line.at}: ${typed}: ${b}`);
  });
}

const kinds = Map.groupBy(files, (f) => f.split("/")[2] ?? "");

describe.each([...kinds])("a talk with trouble of the kind %s goes as promised:", (_, list) => {
  it.each(list.map((f) => [f.split("/").slice(3).join("/").replace(".txt", "").replaceAll("-", " "), f]))(
    "%s",
    (_title, file) => {
      expect(problemsOf(file)).toEqual([]);
    },
  );
});

describe("the transcripts", () => {
  it("speak with every operator in both languages", () => {
    const desks = files.map((f) => {
      const { operator, locale } = parseTranscript(f, readFileSync(join(ROOT, f), "utf8"));
      return `${operator} ${locale}`;
    });
    const wanted = brain.operators.flatMap((o) => [`${o} ja`, `${o} en`]);
    expect(wanted.filter((w) => !desks.includes(w))).toEqual([]);
  });

  it("are refused when they promise nothing", () => {
    const header = "operator: jcom\nlocale: ja\n";
    expect(() => parseTranscript("x.txt", `${header}> a\n> b\nhandoff\n`)).toThrow("x.txt:4");
    expect(() => parseTranscript("x.txt", "> a\nhandoff\n")).toThrow("begin with operator");
    expect(() => parseTranscript("x.txt", `${header}> a\nhandoff\nsay: b\n`)).toThrow("x.txt:5");
  });
});
