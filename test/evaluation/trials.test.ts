import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { intentTrial } from "../../src/evaluation/intent-trial.ts";
import { languageOf, readLabelled } from "../../src/evaluation/labelled-file.ts";
import { passageTrial } from "../../src/evaluation/passage-trial.ts";
import { theReader, theTokenizer } from "../support/lessons.ts";
import { ROOT } from "../support/repository.ts";
import { tempFolder } from "../support/temp.ts";

/** A shop's counter: three wishes in words made up from lists, so that the same wish is said in many ways. */
function counter(nouns: Readonly<Record<string, readonly string[]>>, frames: readonly string[]) {
  return Object.entries(nouns).flatMap(([label, list]) =>
    list.flatMap((noun) => frames.map((f) => ({ label, text: f.replace("%", noun) }))),
  );
}

const EN = {
  bread: ["a loaf", "rye bread", "two rolls", "a baguette"],
  flowers: ["roses", "a bunch of tulips", "a bouquet", "some lilies"],
  keys: ["a spare key", "a key copied", "the lock changed", "my door opened"],
};
const LEARNED = counter(EN, ["I would like %", "can I get % please", "% for today", "do you have %"]);
const ASKED = counter(EN, ["is it possible to have % tomorrow", "hello, % if you can"]);
const STRANGERS = ["does the ferry run on sundays", "my tooth hurts badly", "who won the match yesterday"];

describe("the intent model on a set of another trade", async () => {
  const tokenizer = await theTokenizer();
  const test = [...ASKED, ...STRANGERS.map((text) => ({ label: "oos", text }))];
  const trial = intentTrial(tokenizer, "en", LEARNED, test);

  it("learns it from its own examples alone", () => {
    expect(trial).toMatchObject({ labels: 3, examples: LEARNED.length, asked: test.length });
    expect(trial.accuracyUnrefused).toBe(1);
    expect(trial.macroF1).toBeGreaterThan(0.7);
    expect(trial.modelMegabytes).toBeLessThan(4);
  });

  it("counts a refusal as wrong, and a label of strangers as one of the labels", () => {
    const shy = intentTrial(tokenizer, "en", [...LEARNED, { label: "oos", text: "tooth ferry match" }], test);
    expect(shy.labels).toBe(4);
    expect(shy.noneRecall).toBeGreaterThan(0.3);
    expect(shy.accuracyInScope).toBeLessThanOrEqual(shy.accuracyUnrefused);
  });

  it("is the same again", () => {
    const { accuracyInScope, temperature, threshold } = intentTrial(tokenizer, "en", LEARNED, test);
    expect({ accuracyInScope, temperature, threshold }).toEqual({
      accuracyInScope: trial.accuracyInScope,
      temperature: trial.temperature,
      threshold: trial.threshold,
    });
  });
});

describe("a labelled file", () => {
  it("is text, tab, label; anything else is named by its line", () => {
    const file = join(tempFolder(), "a.tsv");
    writeFileSync(file, "hello\tgreeting\n\nこんにちは\tgreeting\n");
    expect(readLabelled(file)).toHaveLength(2);
    writeFileSync(file, "hello\tgreeting\nno label\n");
    expect(() => readLabelled(file)).toThrow(/a\.tsv:2/);
  });

  it("tells its language", () => {
    expect(languageOf(["こんにちは", "録音は？", "ok"])).toBe("ja");
    expect(languageOf(["hello", "bye"])).toBe("en");
  });
});

const PASSAGES = [
  {
    doc: "garden",
    id: "1",
    heading: "Watering",
    text: "Tomatoes want water each morning, cucumbers twice a day.",
  },
  { doc: "garden", id: "2", text: "Cut the roses back in March, before they sprout." },
  { doc: "庭", id: "1", text: "トマトには毎朝水をやります。" },
  { doc: "庭", id: "2", text: "薔薇は三月に剪定します。" },
];

describe("passages alone", async () => {
  const reader = await theReader();

  it.each([
    ["en", "garden", "when should I cut my rose?", ["2", "1"]],
    ["en", "garden", "how often to water a cucumber", ["1", "2"]],
    ["ja", "庭", "バラの剪定はいつですか", ["2", "1"]],
    ["ja", "庭", "水は毎朝やるの？", ["1", "2"]],
  ] as const)("%s: ranks those of the question's own document: %s %s", (locale, doc, text, ranked) => {
    const [found] = passageTrial(reader, locale, PASSAGES, [{ qid: "q", doc, text }]);
    expect(found).toMatchObject({ qid: "q", ranked, answerable: true });
  });

  it("believes nothing that shares no word, and finds nothing in a document that is not there", () => {
    const ask = (doc: string) =>
      passageTrial(reader, "en", PASSAGES, [{ qid: "q", doc, text: "tax forms" }])[0];
    expect(ask("garden")).toMatchObject({ score: 0, answerable: false });
    expect(ask("attic")).toEqual({ qid: "q", ranked: [], score: 0, answerable: false });
  });
});

describe("npm run eval", () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ["src/commands/eval.ts", ...args], { cwd: ROOT, encoding: "utf8" });

  it("ends with 1 when a question file has near copies among the examples, else with 0", () => {
    const file = join(tempFolder(), "q.jsonl");
    const [, text] =
      /^[^#\t]+\t(.{12,})$/m.exec(readFileSync(join(ROOT, "content/topics/fees/ja.tsv"), "utf8")) ?? [];
    const line = { id: "q1", operator: "jcom", locale: "ja", kind: "answer", gold: ["fees"] };
    writeFileSync(file, `${JSON.stringify({ ...line, text })}\n`);
    expect(run("--leaks", file)).toMatchObject({ status: 1, stdout: expect.stringContaining("q1\tequal") });
    writeFileSync(file, `${JSON.stringify({ ...line, text: "ゔぃおらとちぇろの弦を張り替える順番" })}\n`);
    expect(run("--leaks", file)).toMatchObject({ status: 0 });
  });

  it("writes the ranking of passages as JSON lines", () => {
    const folder = tempFolder();
    const at = (name: string) => join(folder, name);
    writeFileSync(at("p.jsonl"), PASSAGES.map((p) => JSON.stringify(p)).join("\n"));
    writeFileSync(at("q.jsonl"), '{"qid":7,"doc":"garden","text":"cut the roses"}\n');
    const { stdout } = run(
      "--passages",
      at("p.jsonl"),
      "--questions",
      at("q.jsonl"),
      "--out",
      at("r.jsonl"),
      "--lang",
      "en",
    );
    expect(stdout).toContain("4 passages, 1 questions in en");
    expect(JSON.parse(readFileSync(at("r.jsonl"), "utf8"))).toMatchObject({ qid: "7", ranked: ["2", "1"] });
  });
});
