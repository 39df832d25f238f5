import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

  it("is told all at once, each problem on a line of its own", () => {
    expect(problems.length).toBeGreaterThanOrEqual(damages.length);
    for (const p of problems) expect(message).toContain(`${p.file}:${p.line}: ${p.message}`);
  });
});
