/** Scores of documents by the words they share with a question (Okapi BM25). Ids are indexes into the documents given. */
export interface Bm25 {
  /** Adds to each document's score, by `weight`; cost grows with the postings of the question's terms alone. */
  addTo(scores: Float64Array, terms: readonly string[], weight: number): void;
  /** How much of the terms, weighed by their rarity, a document holds; 0..1, and 0 for no terms. */
  share(terms: readonly string[], document: number): number;
}

/** A document: its terms, each occurrence with a weight (a title's word counts more than a text's). */
export type Document = readonly { term: string; weight: number }[];

const K1 = 1.2;
const B = 0.6;
const MOST_TERMS = 120;

/** Which documents hold each term, and how often: two flat arrays, cut at `starts` by the term's place. */
interface Postings {
  places: ReadonlyMap<string, number>;
  starts: Int32Array;
  documents: Int32Array;
  frequencies: Float32Array;
}

function frequenciesOf(document: Document): Map<string, number> {
  const out = new Map<string, number>();
  for (const { term, weight } of document) out.set(term, (out.get(term) ?? 0) + weight);
  return out;
}

function postingsOf(documents: readonly Document[]): Postings {
  const counted = documents.map(frequenciesOf);
  const places = new Map<string, number>();
  const held: number[] = [];
  for (const frequencies of counted) {
    for (const term of frequencies.keys()) {
      const place = places.get(term) ?? places.size;
      places.set(term, place);
      held[place] = (held[place] ?? 0) + 1;
    }
  }
  const starts = new Int32Array(places.size + 1);
  for (let i = 0; i < places.size; i++) starts[i + 1] = (starts[i] ?? 0) + (held[i] ?? 0);
  const next = starts.slice();
  const total = starts[places.size] ?? 0;
  const ids = new Int32Array(total);
  const frequencies = new Float32Array(total);
  for (const [id, document] of counted.entries()) {
    for (const [term, frequency] of document) {
      const place = places.get(term) ?? 0;
      const at = next[place] ?? 0;
      next[place] = at + 1;
      ids[at] = id;
      frequencies[at] = frequency;
    }
  }
  return { places, starts, documents: ids, frequencies };
}

export function bm25(documents: readonly Document[]): Bm25 {
  const { places, starts, documents: ids, frequencies } = postingsOf(documents);
  const lengths = documents.map((d) => d.reduce((s, t) => s + t.weight, 0));
  const average = lengths.reduce((s, l) => s + l, 0) / Math.max(1, lengths.length) || 1;
  const norms = Float32Array.from(lengths, (l) => K1 * (1 - B + (B * l) / average));
  const count = documents.length;
  const rarity = (held: number) => Math.log(1 + (count - held + 0.5) / (held + 0.5));
  const rangeOf = (term: string): [from: number, to: number] => {
    const place = places.get(term);
    return place === undefined ? [0, 0] : [starts[place] ?? 0, starts[place + 1] ?? 0];
  };
  return {
    addTo(scores, terms, weight) {
      for (const term of [...new Set(terms)].slice(0, MOST_TERMS)) {
        const [from, to] = rangeOf(term);
        const idf = rarity(to - from);
        for (let i = from; i < to; i++) {
          const id = ids[i] ?? 0;
          const frequency = frequencies[i] ?? 0;
          const add = (idf * frequency * (K1 + 1)) / (frequency + (norms[id] ?? 0));
          scores[id] = (scores[id] ?? 0) + weight * add;
        }
      }
    },
    share(terms, document) {
      let held = 0;
      let all = 0;
      for (const term of [...new Set(terms)].slice(0, MOST_TERMS)) {
        const [from, to] = rangeOf(term);
        const idf = rarity(to - from);
        all += idf;
        if (ids.subarray(from, to).includes(document)) held += idf;
      }
      return all > 0 ? held / all : 0;
    },
  };
}
