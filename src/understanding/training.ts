import { BUCKETS, type Buckets, bucketsOf, type Model, vectorOfBuckets } from "./classifier.ts";
import type { FeatureGroup } from "./features.ts";

/** A labelled text by the buckets of its features: their names would fill a gigabyte. */
export interface Example {
  label: string;
  groups: readonly Buckets[];
}

export const exampleOf = (label: string, groups: readonly FeatureGroup[]): Example => ({
  label,
  groups: groups.map(bucketsOf),
});

export interface TrainingOptions {
  /** Passes over the examples; 5 unless told. */
  epochs?: number;
  /** Times that all of it is done in another order; 2 unless told. What they learn is averaged. */
  paths?: number;
  /** First step size of AdaGrad; 0.13 unless told. */
  rate?: number;
  /** Pull towards zero of each weight at each step; 6e-4 unless told. */
  decay?: number;
  /** Share of a text's features that it is learned without, others each time, so that none is leant on; 0.2 unless told. */
  dropout?: number;
  /** Seed of the order of examples: the same seed and examples give the same model. */
  seed?: number;
  /** Divides the scores; 0.56 unless told: on our held-out questions a probability is then right as often as it says. */
  temperature?: number;
}

/** A small seeded generator (mulberry32): numbers in [0, 1). */
export function seeded(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Examples that must share a feature before it is learned: among thousands, what one person said once teaches nothing;
 * of a handful everything counts.
 */
const sharedBy = (examples: number) => Math.min(3, 1 + Math.floor(examples / 1_000));

/** The root tells rare from common less sharply than the logarithm alone: public sets of intents gain from it. */
const rarityOf = (examples: number, count: number) => Math.sqrt(Math.log(1 + examples / count));

/** In how many examples each bucket is. */
function seenIn(examples: readonly Example[]): Uint32Array {
  const seen = new Uint32Array(BUCKETS);
  const last = new Int32Array(BUCKETS).fill(-1);
  for (const [n, e] of examples.entries()) {
    for (const { ids } of e.groups)
      for (const id of ids) {
        if (last[id] === n) continue;
        last[id] = n;
        seen[id] = (seen[id] as number) + 1;
      }
  }
  return seen;
}

function rarity(seen: Uint32Array, examples: number): Float32Array {
  const least = sharedBy(examples);
  const idf = new Float32Array(BUCKETS);
  for (let i = 0; i < BUCKETS; i++) {
    const count = seen[i] as number;
    idf[i] = count >= least ? rarityOf(examples, count) : 0;
  }
  return idf;
}

/** A row for each bucket that counts, -1 for the others; what is met often lies together, where it is at hand. */
function rowsOf(seen: Uint32Array, idf: Float32Array): { rows: Int32Array; used: number } {
  const counting = Array.from(idf.keys()).filter((i) => (idf[i] as number) > 0);
  const rows = new Int32Array(BUCKETS).fill(-1);
  const often = counting.sort((a, b) => (seen[b] as number) - (seen[a] as number) || a - b);
  for (const [row, bucket] of often.entries()) rows[bucket] = row;
  return { rows, used: often.length };
}

/**
 * Multinomial logistic regression by stochastic gradient (AdaGrad). Labels count alike however many examples they
 * have. Deterministic. Weights are kept as 8-bit steps, buckets that no example used are left out.
 */
export function train(examples: readonly Example[], options: TrainingOptions = {}): Model {
  const {
    epochs = 5,
    paths = 2,
    rate = 0.13,
    decay = 6e-4,
    dropout = 0.2,
    seed = 7,
    temperature = 0.56,
  } = options;
  const labels = [...new Set(examples.map((e) => e.label))].sort();
  const n = labels.length;
  const seen = seenIn(examples);
  const idf = rarity(seen, examples.length);
  const unseen = rarityOf(examples.length, 1);
  const { rows, used } = rowsOf(seen, idf);
  const counts = new Map<string, number>();
  for (const e of examples) counts.set(e.label, (counts.get(e.label) ?? 0) + 1);
  const data = examples.map((e) => {
    const vector = vectorOfBuckets(e.groups, idf, unseen);
    const share = examples.length / n / (counts.get(e.label) ?? 1);
    return {
      rows: vector.indexes.map((i) => rows[i] ?? 0),
      values: vector.values,
      label: labels.indexOf(e.label),
      weight: Math.sqrt(share),
    };
  });
  const kept = new Mean(used * n);
  const biases = new Mean(n);
  for (let path = 0; path < paths; path++) {
    const random = seeded(seed + path);
    const order = data.map((_, i) => i);
    const state = new State(used, n);
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (let i = order.length - 1; i > 0; i--) {
        const j = Math.floor(random() * (i + 1));
        [order[i], order[j]] = [order[j] as number, order[i] as number];
      }
      for (const i of order) {
        const d = data[i];
        if (d) step(thinned(d, dropout, random), state, n, rate, decay);
      }
      if (epoch < epochs - AVERAGED) continue;
      kept.add(state.weights);
      biases.add(state.bias);
    }
  }
  return { labels, idf, unseen, rows, bias: biases.values(), temperature, ...quantized(kept.values(), n) };
}

/** The last passes of each path whose weights are averaged: where a path ends is chance, the middle is not. */
const AVERAGED = 2;

class Mean {
  readonly #sums: Float32Array;
  #count = 0;

  constructor(length: number) {
    this.#sums = new Float32Array(length);
  }

  add(values: Float32Array): void {
    this.#count += 1;
    for (let i = 0; i < values.length; i++) this.#sums[i] = (this.#sums[i] as number) + (values[i] as number);
  }

  values(): Float32Array {
    return this.#sums.map((sum) => sum / this.#count);
  }
}

/** What one path through the examples has learned so far, and room to reckon in. */
class State {
  readonly weights: Float32Array;
  readonly squares: Float32Array;
  readonly bias: Float32Array;
  readonly biasSquares: Float32Array;
  readonly scores: Float64Array;
  readonly active: Int32Array;

  constructor(rows: number, labels: number) {
    this.weights = new Float32Array(rows * labels);
    this.squares = new Float32Array(rows * labels);
    this.bias = new Float32Array(labels);
    this.biasSquares = new Float32Array(labels);
    this.scores = new Float64Array(labels);
    this.active = new Int32Array(labels);
  }
}

interface Lesson {
  rows: Int32Array;
  values: Float32Array;
  label: number;
  weight: number;
}

/** The lesson without a share of its features, the others louder by as much. */
function thinned(d: Lesson, dropout: number, random: () => number): Lesson {
  if (dropout <= 0) return d;
  const rows = new Int32Array(d.rows.length);
  const values = new Float32Array(d.rows.length);
  let n = 0;
  for (let k = 0; k < d.rows.length; k++) {
    if (random() < dropout) continue;
    rows[n] = d.rows[k] as number;
    values[n++] = (d.values[k] as number) / (1 - dropout);
  }
  return { ...d, rows: rows.subarray(0, n), values: values.subarray(0, n) };
}

function step(d: Lesson, state: State, n: number, rate: number, decay: number): void {
  const { weights, squares, bias, biasSquares, scores, active } = state;
  for (let l = 0; l < n; l++) scores[l] = bias[l] as number;
  for (let k = 0; k < d.rows.length; k++) {
    const start = (d.rows[k] as number) * n;
    const value = d.values[k] as number;
    for (let l = 0; l < n; l++) scores[l] = (scores[l] as number) + value * (weights[start + l] as number);
  }
  let top = Number.NEGATIVE_INFINITY;
  for (let l = 0; l < n; l++) if ((scores[l] as number) > top) top = scores[l] as number;
  let sum = 0;
  for (let l = 0; l < n; l++) sum += scores[l] = Math.exp((scores[l] as number) - top);
  // Few labels have anything to learn from an example; a feature's weights lie side by side, so features come first.
  let busy = 0;
  for (let l = 0; l < n; l++) {
    const gradient = ((scores[l] as number) / sum - (l === d.label ? 1 : 0)) * d.weight;
    if (Math.abs(gradient) < 5e-3) continue;
    biasSquares[l] = (biasSquares[l] as number) + gradient * gradient * 0.01;
    bias[l] = (bias[l] as number) - (rate * 0.1 * gradient) / Math.sqrt((biasSquares[l] as number) + 1e-2);
    active[busy] = l;
    scores[busy++] = gradient;
  }
  for (let k = 0; k < d.rows.length; k++) {
    const start = (d.rows[k] as number) * n;
    const value = d.values[k] as number;
    for (let b = 0; b < busy; b++) {
      const at = start + (active[b] as number);
      const w = weights[at] as number;
      const g = (scores[b] as number) * value + decay * w;
      const s = (squares[at] as number) + g * g;
      squares[at] = s;
      weights[at] = w - (rate * g) / (Math.sqrt(s) + 1e-3);
    }
  }
}

function quantized(weights: Float32Array, n: number): { weights: Int8Array; scale: Float32Array } {
  const scale = new Float32Array(n);
  for (let i = 0; i < weights.length; i++) {
    const l = i % n;
    scale[l] = Math.max(scale[l] as number, Math.abs(weights[i] as number) / 127);
  }
  const out = new Int8Array(weights.length);
  for (let i = 0; i < weights.length; i++) {
    const s = scale[i % n] as number;
    out[i] = s > 0 ? Math.round((weights[i] as number) / s) : 0;
  }
  return { weights: out, scale };
}
