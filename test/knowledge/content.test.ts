import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LOCALES, type Locale } from "../../src/reply/locale.ts";
import { theContent } from "../support/lessons.ts";
import { ROOT } from "../support/repository.ts";
import { CLAUSES } from "./clauses.ts";
import { sharedRuns } from "./overlap.ts";

const content = theContent();
const operators = [...content.operators.values()];

describe("the content", () => {
  it("holds the five operators and their 70 clauses, each once", () => {
    const held = Object.fromEntries(operators.map((o) => [o.id, o.clauses.map((c) => c.id).sort()]));
    const wanted = Object.entries(CLAUSES).map(([id, clauses]) => [id, clauses.toSorted()]);
    expect(held).toEqual(Object.fromEntries(wanted));
    expect(Object.values(CLAUSES).flat()).toHaveLength(70);
  });

  it("tells every clause completely in both languages", () => {
    const gaps = operators.flatMap((o) =>
      o.clauses.flatMap((c) =>
        LOCALES.flatMap((l) => {
          const { title, short, simple, body } = c.text[l];
          const texts = Object.entries({ heading: c.heading, title, short, simple, body });
          return texts.filter(([, text]) => text.trim() === "").map(([key]) => `${o.id} ${l} ${c.id} ${key}`);
        }),
      ),
    );
    expect(gaps).toEqual([]);
  });

  it("writes each language in its own script", () => {
    const clauses = operators.flatMap((o) => o.clauses.map((c) => ({ name: `${o.id} ${c.id}`, c })));
    const wrong = clauses.flatMap(({ name, c }) => {
      const kana = (l: Locale) =>
        /[\u3041-\u3096\u30a1-\u30fa]/.test(`${c.text[l].short}${c.text[l].simple}`);
      return [...(kana("ja") ? [] : [`${name} ja`]), ...(kana("en") ? [`${name} en`] : [])];
    });
    expect(wrong).toEqual([]);
  });

  it("gives every topic a title and examples in both languages", () => {
    const gaps = [...content.topics.keys()].flatMap((id) =>
      LOCALES.filter((l) => !content.utterances.some((u) => u.label === `topic:${id}` && u.locale === l)).map(
        (l) => `${id} ${l}`,
      ),
    );
    expect(content.topics.size).toBeGreaterThan(40);
    expect(gaps).toEqual([]);
  });
});

describe("a run that two texts share", () => {
  const source = "We keep what you tell us.\nWe tell nobody else, see https://a.example/policy for more.";

  it("is found across line breaks, at its full length", () => {
    expect(sharedRuns("Yes: you tell us. We tell nobody, ever", source, 20)).toEqual([
      " you tell us. We tell nobody",
    ]);
  });

  it("is none when it is short or an address", () => {
    expect(sharedRuns("you tell us", source, 20)).toEqual([]);
    expect(sharedRuns("look at https://a.example/policy now", source, 20)).toEqual([]);
  });
});

const policies = join(ROOT, "../shared/policies");
const LEAST: Readonly<Record<Locale, number>> = { ja: 40, en: 90 };

describe.skipIf(!existsSync(policies))("our words are our own", () => {
  it.each(operators.map((o) => [o.id, o] as const))("in the clauses of %s", (id, operator) => {
    const copied = LOCALES.flatMap((l) => {
      const path = join(policies, `${id}.${l}.txt`);
      if (!existsSync(path)) return [];
      const source = readFileSync(path, "utf8");
      return operator.clauses.flatMap((c) =>
        ["short", "simple", "body"].flatMap((key) =>
          sharedRuns(c.text[l][key as "short" | "simple" | "body"], source, LEAST[l]).map(
            (run) => `${l} ${c.id} ${key}: ${run}`,
          ),
        ),
      );
    });
    expect(copied).toEqual([]);
  });
});
