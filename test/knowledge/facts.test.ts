import { describe, expect, it } from "vitest";
import { ask, theBrain } from "../support/brain.ts";
import { byDesk, type Row, readTable } from "../support/table.ts";

const SILENT = "(silent)";
const brain = await theBrain();

/** What is wrong with the reply to one line of the table; undefined when nothing is. */
async function wrongWith({ line, operator, locale, cells: [question = "", expected = ""] }: Row) {
  const { words, text } = await ask(brain, operator, locale, question);
  const said =
    words.kind === "answer"
      ? `answer ${words.clauses[0]}`
      : words.kind === "out-of-scope"
        ? `out-of-scope ${words.reason}`
        : words.kind;
  if (expected === SILENT) {
    if (words.kind === "out-of-scope" && words.reason === "silent") return undefined;
    return `line ${line}: ${question}: the policy is silent, but the bot said ${said}`;
  }
  const missing = expected.split(" | ").filter((fact) => !text.includes(fact));
  if (missing.length === 0) return undefined;
  return `line ${line}: ${question}: ${said} lacks ${missing.join(" | ")}`;
}

describe("a question on a fact finds the exact words, or the honest absence", () => {
  it.each(byDesk(readTable("test/knowledge/facts.tsv")))("in the policy of %s", async (_, rows) => {
    const wrong: string[] = [];
    for (const row of rows) {
      const found = await wrongWith(row);
      if (found !== undefined) wrong.push(found);
    }
    expect(wrong).toEqual([]);
  });
});
