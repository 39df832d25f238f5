import { describe, expect, it } from "vitest";
import { ask, theBrain } from "../support/brain.ts";
import { theContent } from "../support/lessons.ts";
import { byDesk, readTable } from "../support/table.ts";

const brain = await theBrain();
const rows = readTable("test/knowledge/direct-questions.tsv");

describe("a direct question finds its clause first", () => {
  it.each(byDesk(rows))("on every clause of %s", async (_, list) => {
    const failing: string[] = [];
    for (const { line, operator, locale, cells } of list) {
      const [clause = "", question = ""] = cells;
      const { words } = await ask(brain, operator, locale, question);
      const first = words.kind === "answer" ? words.clauses[0] : undefined;
      if (first !== clause)
        failing.push(`line ${line}: ${clause} <- ${question}: said ${words.kind} ${first ?? ""}`.trim());
    }
    expect(failing).toEqual([]);
  });

  it("and cites clauses that are there, each with its place", async () => {
    const places = new Set(
      [...theContent().operators.values()].flatMap((o) =>
        o.clauses.map((c) => `https://desk.example/policy/${o.id}#${c.id}`),
      ),
    );
    const wrong: string[] = [];
    for (const { operator, locale, cells } of rows) {
      const [, question = ""] = cells;
      const { words, text } = await ask(brain, operator, locale, question);
      if (words.kind !== "answer") continue;
      const shown = words.citations[0];
      const cited = words.citations.map((c) => c.clause);
      if (
        cited.join() !== words.clauses.join() ||
        !words.citations.every((c) => c.operator === operator && places.has(c.url)) ||
        !shown ||
        !text.includes(shown.url) ||
        !text.includes(shown.heading)
      )
        wrong.push(question);
    }
    expect(wrong).toEqual([]);
  });

  it("and says the same each time it is asked", async () => {
    for (const { operator, locale, cells } of rows) {
      const [, question = ""] = cells;
      expect(await ask(brain, operator, locale, question)).toEqual(
        await ask(brain, operator, locale, question),
      );
    }
  });

  it("in both languages, for every clause there is", () => {
    const wanted = [...theContent().operators.values()].flatMap((o) =>
      o.clauses.flatMap((c) => [`${o.id} ja ${c.id}`, `${o.id} en ${c.id}`]),
    );
    const asked = new Set(rows.map((r) => `${r.operator} ${r.locale} ${r.cells[0]}`));
    expect(wanted.filter((w) => !asked.has(w))).toEqual([]);
  });
});
