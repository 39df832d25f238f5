import type { Locale } from "../reply/locale.ts";
import { type Model, predict, vectorOf } from "../understanding/classifier.ts";
import type { KuromojiTokenizer } from "../understanding/japanese/dictionary.ts";
import { wordsOf } from "../understanding/known-words.ts";
import { examplesOf, type Labelled } from "../understanding/learn.ts";
import { createReader } from "../understanding/reader.ts";
import { train } from "../understanding/training.ts";
import { calibrate } from "./calibration.ts";
import { NONE } from "./labelled-file.ts";

/** How well the intent model does on one test set after learning one training set, and what that cost. */
export interface IntentTrial {
  locale: Locale;
  examples: number;
  labels: number;
  asked: number;
  /** Labels of the test that no example taught (a text with one is wrong), `oos` not among them. */
  unlearned: string[];
  /** Share of the texts with a label of their own that got it; a refusal is wrong. */
  accuracyInScope: number;
  /** The same before anything is refused for being improbable. */
  accuracyUnrefused: number;
  /** Mean of each label's F1, `oos` among them where the test holds it. */
  macroF1: number;
  /** F1 over all texts at once: with one answer a text, the share that is right, `oos` among them. */
  microF1: number;
  /** Share of the `oos` texts that were refused, and of the refused that were `oos`; NaN where there are none. */
  noneRecall: number;
  nonePrecision: number;
  temperature: number;
  threshold: number;
  trainSeconds: number;
  calibrateSeconds: number;
  modelMegabytes: number;
  msEach: number;
}

const SEED = 7;
const share = (part: number, whole: number) => (whole === 0 ? Number.NaN : part / whole);

function megabytes(model: Model): number {
  const { idf, rows, weights, scale, bias } = model;
  const bytes = [idf, rows, weights, scale, bias].reduce((sum, a) => sum + a.byteLength, 0);
  return bytes / 1e6;
}

/** Precision, recall and F1 of each label from pairs of what is right and what was said. */
function macroF1(pairs: readonly { right: string; said: string }[]): number {
  const labels = [...new Set(pairs.map((p) => p.right))];
  const each = labels.map((label) => {
    const both = pairs.filter((p) => p.right === label && p.said === label).length;
    const either =
      pairs.filter((p) => p.right === label).length + pairs.filter((p) => p.said === label).length;
    return (2 * both) / either;
  });
  return share(
    each.reduce((a, b) => a + b, 0),
    each.length,
  );
}

/**
 * Trains the chat's own intent model (reader, features, classifier) on `lessons` alone and asks it every text of
 * `test`. A text is `oos` when that label wins, or when the best of the others is less probable than the threshold
 * found by cross-validation among the lessons.
 */
export function intentTrial(
  tokenizer: KuromojiTokenizer,
  locale: Locale,
  lessons: readonly Labelled[],
  test: readonly Labelled[],
): IntentTrial {
  const english = wordsOf(locale === "en" ? lessons.map((l) => l.text) : []);
  let start = performance.now();
  const seconds = () => {
    const now = performance.now();
    const passed = (now - start) / 1000;
    start = now;
    return passed;
  };
  const reader = createReader({ tokenizer, concepts: [], english });
  const texts = lessons.map((l) => examplesOf(reader, locale, l));
  const learned = train(texts.flat(), { seed: SEED });
  const trainSeconds = seconds();
  const { temperature, threshold } = calibrate(texts, SEED);
  const calibrateSeconds = seconds();
  const model: Model = { ...learned, temperature };
  const pairs = test.map(({ text, label }) => {
    const list = predict(model, vectorOf(reader.read(text, locale).groups, model.idf, model.unseen));
    let best = 0;
    for (let i = 1; i < list.length; i++) if ((list[i] ?? 0) > (list[best] ?? 0)) best = i;
    const first = model.labels[best] ?? NONE;
    return { right: label, first, said: (list[best] ?? 0) < threshold ? NONE : first };
  });
  const msEach = (seconds() * 1000) / Math.max(1, test.length);
  const inScope = pairs.filter((p) => p.right !== NONE);
  const none = pairs.filter((p) => p.right === NONE);
  const refused = pairs.filter((p) => p.said === NONE);
  const hits = none.filter((p) => p.said === NONE).length;
  return {
    locale,
    examples: lessons.length,
    labels: model.labels.length,
    asked: test.length,
    unlearned: [...new Set(test.map((t) => t.label))].filter((l) => l !== NONE && !model.labels.includes(l)),
    accuracyInScope: share(inScope.filter((p) => p.said === p.right).length, inScope.length),
    accuracyUnrefused: share(inScope.filter((p) => p.first === p.right).length, inScope.length),
    macroF1: macroF1(pairs),
    microF1: share(pairs.filter((p) => p.said === p.right).length, pairs.length),
    noneRecall: share(hits, none.length),
    nonePrecision: share(hits, refused.length),
    temperature,
    threshold,
    trainSeconds,
    calibrateSeconds,
    modelMegabytes: megabytes(model),
    msEach,
  };
}

const shown = (x: number) => (Number.isNaN(x) ? "-" : x.toFixed(3));

/** The figures as text, one a line. */
export function intentTrialText(t: IntentTrial): string {
  const { unlearned } = t;
  return [
    `language            ${t.locale}`,
    `learned             ${t.examples} examples of ${t.labels} labels`,
    `asked               ${t.asked}`,
    ...(unlearned.length > 0
      ? [`never learned       ${unlearned.length} labels of the test: ${unlearned.slice(0, 5).join(", ")}`]
      : []),
    `accuracy in scope   ${shown(t.accuracyInScope)} (${shown(t.accuracyUnrefused)} before refusing)`,
    `macro-F1            ${shown(t.macroF1)}`,
    `micro-F1            ${shown(t.microF1)}`,
    `oos recall          ${shown(t.noneRecall)}`,
    `oos precision       ${shown(t.nonePrecision)}`,
    `temperature         ${t.temperature.toFixed(2)}, refused below ${t.threshold.toFixed(3)}`,
    `seconds             ${t.trainSeconds.toFixed(1)} to train, ${t.calibrateSeconds.toFixed(1)} to calibrate`,
    `model               ${t.modelMegabytes.toFixed(1)} MB`,
    `ms a text           ${t.msEach.toFixed(2)}`,
  ].join("\n");
}
