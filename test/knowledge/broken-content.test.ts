import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { loadContent } from "../../src/knowledge/content.ts";
import { ContentError, type Problem } from "../../src/knowledge/problem.ts";
import { ROOT } from "../support/repository.ts";

const folder = mkdtempSync(join(tmpdir(), "madoguchi-content-"));
const root = join(folder, "content");

/** Changes a file of the copy; gives the line, from 1, on which `marker` then stands. */
function damage(file: string, change: (text: string) => string, marker: string): string {
  const path = join(root, file);
  const before = readFileSync(path, "utf8");
  const after = change(before);
  if (after === before) throw new Error(`nothing was damaged in ${file}`);
  writeFileSync(path, after);
  const line = after.split("\n").findIndex((l) => l.includes(marker)) + 1;
  return `content/${file}:${line}`;
}

/** The section of a clause, from its heading to the next. */
const sectionOf = (id: string) =>
  new RegExp(`^## [^\\n]*\\{#${id}\\}\\n[\\s\\S]*?(?=^## |(?![\\s\\S]))`, "m");

const damages: [title: string, at: () => string, says: RegExp][] = [
  [
    "YAML that cannot be read",
    () => damage("operators/jcom/operator.yaml", (t) => `${t}notes: one: two\n`, "notes: one"),
    /./,
  ],
  [
    "a topic that is not there",
    () =>
      damage(
        "operators/gmo-cloud/policy.ja.md",
        (t) => t.replace(/^topics: retention/m, "topics: eternity, retention"),
        "{#retention}",
      ),
    /eternity/,
  ],
  [
    "a clause that one language lacks",
    () => {
      damage("operators/sakura-internet/policy.en.md", (t) => t.replace(sectionOf("retention"), ""), "");
      return "content/operators/sakura-internet/policy.en.md:1";
    },
    /retention/,
  ],
  [
    "a key that is missing",
    () =>
      damage(
        "operators/rakuten-communications/policy.en.md",
        (t) => t.replace(sectionOf("minors"), (s) => s.replace(/^simple: .*\n/m, "")),
        "{#minors}",
      ),
    /simple/,
  ],
  [
    "an id that is there twice",
    () => {
      const file = "operators/rakuten-broadband-premium/policy.ja.md";
      damage(file, (t) => `${t.trimEnd()}\n\n${sectionOf("audit").exec(t)?.[0]}`, "");
      const lines = readFileSync(join(root, file), "utf8").split("\n");
      return `content/${file}:${lines.findLastIndex((l) => l.includes("{#audit}")) + 1}`;
    },
    /audit/,
  ],
  [
    "an example without its voice",
    () => damage("topics/audit/ja.tsv", (t) => `${t}誰の声でもない例文\n`, "誰の声でもない例文"),
    /voice/,
  ],
  [
    "a key that nobody knows",
    () => damage("operators/gmo-cloud/operator.yaml", (t) => `${t}mascot: owl\n`, "mascot: owl"),
    /mascot/,
  ],
  [
    "text before the first section",
    () => damage("operators/gmo-cloud/policy.en.md", (t) => `Privacy policy\n\n${t}`, "Privacy policy"),
    /no section/,
  ],
  [
    "a table",
    () =>
      damage(
        "operators/jcom/policy.en.md",
        (t) =>
          t.replace(/^(topics: policy-contact.*\n(?:[a-z]+: .*\n)*\n)/m, "$1| who | what |\n|---|---|\n\n"),
        "| who | what |",
      ),
    /table/,
  ],
  [
    "topics that end with a comma",
    () =>
      damage(
        "operators/jcom/policy.ja.md",
        (t) => t.replace(/^(topics: policy-contact.*)$/m, "$1,"),
        "{#policy-contact}",
      ),
    /empty/,
  ],
  [
    "a folder that cannot stand in an address",
    () => {
      cpSync(join(root, "operators/gmo-cloud"), join(root, "operators/GMO Cloud"), { recursive: true });
      return "content/operators/GMO Cloud:1";
    },
    /small letters/,
  ],
  [
    "a language that is not there at all",
    () => {
      const added = join(root, "operators/half");
      cpSync(join(root, "operators/sakura-internet"), added, { recursive: true });
      rmSync(join(added, "policy.ja.md"));
      return "content/operators/half/policy.ja.md:1";
    },
    /ja and en/,
  ],
  [
    "another encoding",
    () => {
      writeFileSync(join(root, "topics/fees/ja.tsv"), Uint8Array.of(0x82, 0xa0, 0x0a));
      return "content/topics/fees/ja.tsv:1";
    },
    /UTF-8/,
  ],
  [
    "a date that no calendar has",
    () =>
      damage(
        "operators/rakuten-communications/operator.yaml",
        (t) => t.replace(/enacted: .*/, "enacted: 2013-13-45"),
        "2013-13-45",
      ),
    /enacted/,
  ],
];

describe("content that is broken in many ways at once", () => {
  let problems: readonly Problem[] = [];
  let message = "";
  const places: string[] = [];

  beforeAll(() => {
    cpSync(join(ROOT, "content"), root, { recursive: true });
    loadContent(root);
    for (const [, at] of damages) places.push(at());
    try {
      loadContent(root);
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      problems = error.problems;
      message = error.message;
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(damages.map(([title, , says], i) => [title, i, says] as const))(
    "is refused for %s, with file and line",
    (_, i, says) => {
      const [file, line] = (places[i] ?? "").split(":");
      const found = problems.filter((p) => p.file === file && says.test(p.message));
      expect(found.map((p) => `${p.file}:${p.line}`)).toContain(`${file}:${line}`);
    },
  );

  it("says one thing of a language that is missing, nothing of what it would have held", () => {
    expect(problems.filter((p) => p.file.startsWith("content/operators/half/"))).toHaveLength(1);
  });

  it("is told all at once, each problem on a line of its own", () => {
    expect(problems.length).toBeGreaterThanOrEqual(damages.length);
    for (const p of problems) expect(message).toContain(`${p.file}:${p.line}: ${p.message}`);
  });
});

it("content that was saved on Windows, with byte order marks and CRLF, is the same content", () => {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-content-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const root = join(folder, "content");
  cpSync(join(ROOT, "content"), root, { recursive: true });
  const before = loadContent(root);
  for (const file of [
    ...["operator.yaml", "policy.ja.md", "policy.en.md"].map((name) => `operators/jcom/${name}`),
    ...["topic.yaml", "ja.tsv", "en.tsv"].map((name) => `topics/fees/${name}`),
  ]) {
    const path = join(root, file);
    writeFileSync(path, `\ufeff${readFileSync(path, "utf8").replaceAll("\n", "\r\n")}`);
  }
  const after = loadContent(root);
  expect(after.operators.get("jcom")).toEqual(before.operators.get("jcom"));
  expect(after.utterances).toEqual(before.utterances);
});
