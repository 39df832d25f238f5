import type { FeatureGroup } from "./features.ts";

/** A message as the model sees it: hashed features with their values. */
export interface Vector {
  readonly indexes: Int32Array;
  readonly values: Float32Array;
}

/** Number of buckets that feature names are hashed into. */
export const BUCKETS = 1 << 18;

/** FNV-1a over UTF-16 units, folded into a bucket. */
function bucketOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) {
    hash ^= name.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  hash ^= hash >>> 15;
  return (hash >>> 0) & (BUCKETS - 1);
}

/**
 * Groups of features as a vector: each feature by its rarity (`idf` per bucket), each group of its weight's length.
 * Features that were never learned take their share of the length, `unseen` each, though they say nothing: a message
 * of strange words is not made sure by the one that is known.
 */
export function vectorOf(groups: readonly FeatureGroup[], idf: Float32Array, unseen: number): Vector {
  return vectorOfBuckets(groups.map(bucketsOf), idf, unseen);
}

/** A group of features by their buckets. */
export interface Buckets {
  readonly weight: number;
  readonly ids: Int32Array;
}

export function bucketsOf({ weight, features }: FeatureGroup): Buckets {
  const ids = new Int32Array(features.length);
  for (let i = 0; i < features.length; i++) ids[i] = bucketOf(features[i] as string);
  return { weight, ids };
}

/** Room to add up in, all zero between two texts: one number per bucket. */
const sums = new Float64Array(BUCKETS);

/** {@link vectorOf} of what was hashed before. */
export function vectorOfBuckets(groups: readonly Buckets[], idf: Float32Array, unseen: number): Vector {
  const met: number[] = [];
  for (const { weight, ids } of groups) {
    let square = 0;
    for (const id of ids) square += (idf[id] || unseen) ** 2;
    const scale = square > 0 ? weight / Math.sqrt(square) : 0;
    for (const id of ids) {
      const rarity = idf[id] ?? 0;
      if (rarity === 0) continue;
      if (sums[id] === 0) met.push(id);
      sums[id] = (sums[id] as number) + rarity * scale;
    }
  }
  const values = new Float32Array(met.length);
  for (const [k, id] of met.entries()) {
    values[k] = sums[id] as number;
    sums[id] = 0;
  }
  return { indexes: Int32Array.from(met), values };
}

/**
 * A trained linear model: one weight per (used bucket, label), as 8-bit steps of a scale per label.
 * All typed arrays, so that it loads by reading a file.
 */
export interface Model {
  readonly labels: readonly string[];
  /** Rarity of each bucket; 0 for a bucket that no example used. */
  readonly idf: Float32Array;
  /** Rarity of a feature that was not learned. */
  readonly unseen: number;
  /** Row of each bucket in `weights`; -1 for none. */
  readonly rows: Int32Array;
  /** `rows × labels`, row by row. */
  readonly weights: Int8Array;
  /** What one step of `weights` is worth, per label. */
  readonly scale: Float32Array;
  readonly bias: Float32Array;
  /** Divides the scores before they become probabilities; found on examples left out of training. */
  readonly temperature: number;
}

/** Probability of each label (adds up to 1), in the order of `model.labels`. */
export function predict(model: Model, vector: Vector): Float64Array {
  const n = model.labels.length;
  const scores = new Float64Array(n);
  for (let k = 0; k < vector.indexes.length; k++) {
    const row = model.rows[vector.indexes[k] ?? 0] ?? -1;
    if (row < 0) continue;
    const value = vector.values[k] ?? 0;
    const start = row * n;
    for (let l = 0; l < n; l++) scores[l] = (scores[l] ?? 0) + value * (model.weights[start + l] ?? 0);
  }
  for (let l = 0; l < n; l++) {
    scores[l] = ((scores[l] ?? 0) * (model.scale[l] ?? 0) + (model.bias[l] ?? 0)) / model.temperature;
  }
  return softmax(scores);
}

function softmax(scores: Float64Array): Float64Array {
  let top = Number.NEGATIVE_INFINITY;
  for (const s of scores) if (s > top) top = s;
  let sum = 0;
  const out = new Float64Array(scores.length);
  for (let i = 0; i < scores.length; i++) {
    out[i] = Math.exp((scores[i] ?? 0) - top);
    sum += out[i] ?? 0;
  }
  for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) / sum;
  return out;
}

/** The features that speak most for a label, strongest first: `[name, weight in its score]`. */
export function reasons(
  model: Model,
  groups: readonly FeatureGroup[],
  label: string,
  most: number,
): [string, number][] {
  const l = model.labels.indexOf(label);
  if (l < 0) return [];
  const vector = vectorOf(groups, model.idf, model.unseen);
  const values = new Map(Array.from(vector.indexes, (id, k) => [id, vector.values[k] ?? 0] as const));
  const weight = (name: string): number => {
    const row = model.rows[bucketOf(name)] ?? -1;
    if (row < 0) return 0;
    return (
      (values.get(bucketOf(name)) ?? 0) *
      (model.weights[row * model.labels.length + l] ?? 0) *
      (model.scale[l] ?? 0)
    );
  };
  const names = new Set(groups.flatMap((g) => g.features));
  return [...names]
    .map((name) => [name, weight(name)] as [string, number])
    .sort((a, b) => b[1] - a[1])
    .slice(0, most);
}
