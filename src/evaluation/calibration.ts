import { predict, vectorOfBuckets } from "../understanding/classifier.ts";
import { type Example, seeded, train } from "../understanding/training.ts";
import { NONE } from "./labelled-file.ts";

/** What was found on examples left out of training. */
export interface Calibration {
  /** Divides the scores, so that a probability is right as often as it says. */
  temperature: number;
  /** Below this probability of the best label a text is none of them; 0..1. */
  threshold: number;
}

/** A prediction on a text left out: the logarithm of each label's probability, and the place of the right one. */
interface Left {
  logs: Float64Array;
  /** -1 when no label is right. */
  right: number;
}

const FOLDS = 3;
/** Share of the right answers that the refusal of strangers may cost. */
const COST = 0.003;

/** The fold of each text: labels are dealt out evenly, in a seeded order. */
function dealt(labels: readonly string[], seed: number): number[] {
  const random = seeded(seed);
  const order = labels.map((label, i) => ({ i, label, at: random() }));
  order.sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : a.at - b.at));
  const folds: number[] = [];
  for (const [n, { i }] of order.entries()) folds[i] = n % FOLDS;
  return folds;
}

const place = (list: Float64Array, other: number) => {
  let best = -1;
  for (let i = 0; i < list.length; i++)
    if (i !== other && (best < 0 || (list[i] ?? 0) > (list[best] ?? 0))) best = i;
  return best;
};

function probabilityAt(logs: Float64Array, label: number, temperature: number): number {
  const top = logs.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (const l of logs) sum += Math.exp((l - top) / temperature);
  return Math.exp(((logs[label] ?? 0) - top) / temperature) / sum;
}

/** The temperature at which the texts left out are least surprising, by golden section over its logarithm. */
function coolest(left: readonly Left[]): number {
  const loss = (t: number) =>
    left.reduce((s, l) => s - Math.log(Math.max(1e-12, probabilityAt(l.logs, l.right, t))), 0);
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(0.1), Math.log(5)];
  for (let i = 0; i < 20; i++) {
    const a = high - golden * (high - low);
    const b = low + golden * (high - low);
    if (loss(Math.exp(a)) < loss(Math.exp(b))) high = b;
    else low = a;
  }
  return Math.exp((low + high) / 2);
}

/** The probability that only `COST` of these lie below; among few, a part of the lowest. */
function low(probabilities: readonly number[]): number {
  const sorted = [0, ...probabilities].sort((a, b) => a - b);
  const at = probabilities.length * COST;
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.floor(at) + 1] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}

/**
 * Finds temperature and threshold by cross-validation. `texts` holds the examples of each text (one text may be
 * learned in several spellings); the first of them is what is asked.
 */
export function calibrate(texts: readonly (readonly Example[])[], seed: number): Calibration {
  const labels = texts.map((t) => t[0]?.label ?? "");
  const folds = dealt(labels, seed);
  const left: (Left & { sure: (temperature: number) => number; hit: boolean })[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const kept = texts.filter((_, i) => folds[i] !== fold);
    if (kept.length === 0) continue;
    const model = train(kept.flat(), { temperature: 1, seed });
    const none = model.labels.indexOf(NONE);
    for (const [i, [asked]] of texts.entries()) {
      if (folds[i] !== fold || !asked) continue;
      const right = model.labels.indexOf(asked.label);
      if (right < 0) continue;
      const logs = predict(model, vectorOfBuckets(asked.groups, model.idf, model.unseen)).map((p) =>
        Math.log(Math.max(1e-30, p)),
      );
      const best = place(logs, none);
      const hit = best === right && right !== none && (none < 0 || (logs[none] ?? 0) < (logs[best] ?? 0));
      left.push({ logs, right, hit, sure: (temperature) => probabilityAt(logs, best, temperature) });
    }
  }
  if (left.length === 0) return { temperature: 1, threshold: 0 };
  const temperature = coolest(left);
  return { temperature, threshold: low(left.filter((l) => l.hit).map((l) => l.sure(temperature))) };
}
