import type { Locale } from "../reply/locale.ts";
import { type Model, predict, reasons, vectorOf } from "./classifier.ts";
import type { Reading } from "./reader.ts";

/** One thing a message may mean: `topic:call-recording`, `request:deletion`, `handoff`, ... with its probability. */
export interface Intent {
  label: string;
  probability: number;
}

/** The intent model in every language. */
export interface Intents {
  /** All labels, most probable first; the probabilities add up to 1. */
  of(reading: Pick<Reading, "locale" | "groups">): Intent[];
  /** The features that speak most for a label, strongest first. */
  why(reading: Reading, label: string): [feature: string, weight: number][];
}

export function createIntents(models: Readonly<Record<Locale, Model>>): Intents {
  return {
    of(reading) {
      const model = models[reading.locale];
      const probabilities = predict(model, vectorOf(reading.groups, model.idf, model.unseen));
      return model.labels
        .map((label, i) => ({ label, probability: probabilities[i] ?? 0 }))
        .sort((a, b) => b.probability - a.probability);
    },
    why: (reading, label) => reasons(models[reading.locale], reading.groups, label, 8),
  };
}
