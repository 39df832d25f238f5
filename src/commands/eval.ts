import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { evaluate } from "../evaluation/evaluate.ts";
import { readQuestions } from "../evaluation/question.ts";
import { reportText } from "../evaluation/report.ts";
import { createBrain } from "../turn/brain.ts";

/**
 * `npm run eval`: how well questions are understood, through the code of a chat turn.
 * `--questions FILE` (may be given several times) on any question file; without it, on our own held-out questions
 * (`test/knowledge/held-out`), which are never learned from.
 */
const { values } = parseArgs({ options: { questions: { type: "string", multiple: true } } });
const held = join(import.meta.dirname, "../../test/knowledge/held-out");
const files =
  values.questions ??
  readdirSync(held)
    .filter((f) => f.endsWith(".jsonl"))
    .map((f) => join(held, f));
const brain = await createBrain({ publicUrl: "http://127.0.0.1:3978", progress: (t) => console.error(t) });
for (const file of files) {
  const questions = readQuestions(file);
  const start = performance.now();
  const rows = evaluate(brain, questions);
  const ms = (performance.now() - start) / Math.max(1, questions.length);
  console.log(`\n${file}\n${reportText(rows)}\n${ms.toFixed(2)} ms a question`);
}
