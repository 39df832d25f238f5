import { join } from "node:path";
import { expect, it } from "vitest";
import { evaluate } from "../../src/evaluation/evaluate.ts";
import { type Question, readQuestions } from "../../src/evaluation/question.ts";
import { totals } from "../../src/evaluation/report.ts";
import { theBrain } from "../support/brain.ts";
import { measure } from "../support/long.ts";
import { ROOT } from "../support/repository.ts";

const brain = await theBrain();

/** The later turns of the talks that we wrote to build by; of every fourth talk in the short run. */
function followUps(locale: string): Question[] {
  const all = readQuestions(join(ROOT, `test/knowledge/talks-of-ours.${locale}.jsonl`));
  const talks = [...new Set(all.map((q) => q.id))];
  const some = new Set(talks.filter((_, n) => n % measure(4, 1) === 0));
  return all.filter((q) => some.has(q.id) && q.before.length > 0);
}

const rightIn = async (questions: readonly Question[]) => totals(await evaluate(brain, questions));

// What they came to when they were written: 0.85 and 0.91 of the later turns right, 0.05 and 0.02 refused.
it.each(["ja", "en"])(
  "what follows in a talk is understood by what was said before, in %s",
  async (locale) => {
    const asked = followUps(locale);
    const inTalk = await rightIn(asked);
    const cold = await rightIn(asked.map((q) => ({ ...q, before: [] })));
    expect(inTalk.right).toBeGreaterThan(0.78);
    expect(inTalk.falseRefusals).toBeLessThan(0.1);
    // The same words at the start of a talk say less.
    expect(cold.right).toBeLessThan(inTalk.right - 0.05);
  },
);
