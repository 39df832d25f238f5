import type { ClauseText } from "./clause.ts";
import type { Problem } from "./problem.ts";

/** A section of `policy.<lang>.md` as written, with the line of its heading. */
export interface Section extends ClauseText {
  id: string;
  heading: string;
  topics: string[];
  line: number;
}

const HEADING = /^## (.+?) \{#([a-z0-9]+(?:-[a-z0-9]+)*)\}$/;
const KEYS = ["heading", "topics", "short", "simple"] as const;
type Key = (typeof KEYS)[number];

/**
 * Reads a policy file: sections of `## Title {#id}`, four `key: value` lines, an empty line, the body. Never throws:
 * whatever is wrong is a problem with its line.
 */
export function parsePolicy(file: string, source: string): { sections: Section[]; problems: Problem[] } {
  const sections: Section[] = [];
  const problems: Problem[] = [];
  const lines = source
    .replace(/^\ufeff/, "")
    .split(/\r?\n/)
    .map((text) => text.trimEnd());
  const starts = lines.flatMap((text, i) => (text.startsWith("#") ? [i] : []));
  if (starts.length === 0) problems.push({ file, line: 1, message: "holds no section (## Title {#id})" });
  const early = lines.slice(0, starts[0] ?? 0).findIndex((text) => text !== "");
  if (early >= 0)
    problems.push({ file, line: early + 1, message: "belongs to no section: begin with ## Title {#id}" });
  for (const [n, start] of starts.entries()) {
    const end = starts[n + 1] ?? lines.length;
    const at = (offset: number) => start + offset + 1;
    const problem = (offset: number, message: string) => problems.push({ file, line: at(offset), message });
    const match = HEADING.exec(lines[start] ?? "");
    if (!match) {
      problem(0, "write a section's heading as: ## Title {#clause-id}; the text of a clause has no headings");
      continue;
    }
    const block = lines.slice(start + 1, end);
    const values: Partial<Record<Key, string>> = {};
    let i = 0;
    for (; i < block.length && block[i] !== ""; i++) {
      const [, key, value] = /^([a-z]+): (.+)$/.exec(block[i] ?? "") ?? [];
      if (!KEYS.includes(key as Key)) problem(i + 1, `expected one of ${KEYS.join(", ")} and its value`);
      else if (values[key as Key] !== undefined) problem(i + 1, `${key} is given twice`);
      else values[key as Key] = (value ?? "").trim();
    }
    for (const key of KEYS) if (!values[key]) problem(0, `${key} is missing`);
    const body = block.slice(i).join("\n").trim();
    if (body === "") problem(0, "the text is missing");
    for (const [row, text] of block.entries())
      if (row >= i && /^\|.*\|$/.test(text.trim())) {
        problem(row + 1, "a table cannot be shown: write its rows as a list, each behind a dash");
        break;
      }
    const [, title = "", id = ""] = match;
    if (sections.some((s) => s.id === id)) problem(0, `the clause ${id} is there twice`);
    const topics = (values.topics ?? "").split(",").map((t) => t.trim());
    if (values.topics && (topics.includes("") || new Set(topics).size < topics.length))
      problem(0, "topics has an empty or a repeated name");
    sections.push({
      id,
      title,
      heading: values.heading ?? "",
      topics,
      short: values.short ?? "",
      simple: values.simple ?? "",
      body,
      line: start + 1,
    });
  }
  return { sections, problems };
}
