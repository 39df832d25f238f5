import type { Utterance } from "../knowledge/content.ts";
import { LOCALES, type Locale, localeOf } from "../reply/locale.ts";
import type { Brain } from "../turn/talk.ts";
import { seeded } from "../understanding/training.ts";
import { evaluate } from "./evaluate.ts";
import type { Question } from "./question.ts";
import { totals } from "./report.ts";

/** How much is right after learning so many examples, per language, fewest first. */
export type LearningCurve = { locale: Locale; points: { examples: number; right: number; top3: number }[] }[];

/** Which of the examples are learned. */
export type Choose = (all: readonly Utterance[]) => readonly Utterance[];

const SHARES = [1 / 8, 1 / 4, 1 / 2, 1];
const SEED = 7;

/** A share of the examples of each label and language, at least one of each, in a seeded order. */
export function sample(all: readonly Utterance[], share: number, seed: number): Utterance[] {
  if (share >= 1) return [...all];
  const random = seeded(seed);
  const byLabel = Map.groupBy(all, (u) => `${u.locale} ${u.label}`);
  return [...byLabel.values()].flatMap((list) => {
    const order = list.map((u) => ({ u, at: random() })).sort((a, b) => a.at - b.at);
    return order.slice(0, Math.max(1, Math.round(list.length * share))).map(({ u }) => u);
  });
}

/** Asks the questions of a desk that learned an eighth, a quarter, a half and all of the examples. */
export async function learningCurve(
  brainOf: (choose: Choose | undefined) => Promise<Brain>,
  all: readonly Utterance[],
  questions: readonly Question[],
): Promise<LearningCurve> {
  const curve: LearningCurve = LOCALES.map((locale) => ({ locale, points: [] }));
  for (const share of SHARES) {
    const learned = sample(all, share, SEED);
    const brain = await brainOf(share < 1 ? () => learned : undefined);
    for (const { locale, points } of curve) {
      const asked = questions.filter((q) => localeOf(q.locale) === locale);
      const { right, top3 } = totals(await evaluate(brain, asked));
      points.push({ examples: learned.filter((u) => u.locale === locale).length, right, top3 });
    }
  }
  return curve;
}

/** The curve as text, with what the last doubling brought. */
export function learningCurveText(curve: LearningCurve): string {
  return curve
    .flatMap(({ locale, points }) => {
      const [before, last] = points.slice(-2);
      const gain = (last?.right ?? 0) - (before?.right ?? 0);
      return [
        ...points.map(
          (p) =>
            `curve     ${locale}  ${String(p.examples).padStart(6)} examples  right ${p.right.toFixed(3)}  top-3 ${p.top3.toFixed(3)}`,
        ),
        `curve     ${locale}  the last doubling brought ${gain >= 0 ? "+" : ""}${gain.toFixed(3)}`,
      ];
    })
    .join("\n");
}
