/** Scores of documents by the words they share with a question (Okapi BM25). Ids are indexes into the documents given. */
export interface Bm25 {
  /** Score per document, 0 for none shared. Cost grows with the postings of the question's terms alone. */
  score(terms: readonly string[]): Map<number, number>;
  /** How much of the terms, weighed by their rarity, a document holds; 0..1, and 0 for no terms. */
  share(terms: readonly string[], document: number): number;
}

/** A document: its terms, each occurrence with a weight (a title's word counts more than a text's). */
export type Document = readonly { term: string; weight: number }[];

const K1 = 1.2;
const B = 0.6;
const MOST_TERMS = 120;

export function bm25(documents: readonly Document[]): Bm25 {
  const postings = new Map<string, { document: number; frequency: number }[]>();
  const rarity = (held: number) => Math.log(1 + (documents.length - held + 0.5) / (held + 0.5));
  const lengths = documents.map((d) => d.reduce((s, t) => s + t.weight, 0));
  const average = lengths.reduce((s, l) => s + l, 0) / Math.max(1, documents.length) || 1;
  for (const [id, document] of documents.entries()) {
    const frequencies = new Map<string, number>();
    for (const { term, weight } of document) frequencies.set(term, (frequencies.get(term) ?? 0) + weight);
    for (const [term, frequency] of frequencies) {
      const list = postings.get(term);
      if (list) list.push({ document: id, frequency });
      else postings.set(term, [{ document: id, frequency }]);
    }
  }
  return {
    score(terms) {
      const scores = new Map<number, number>();
      for (const term of [...new Set(terms)].slice(0, MOST_TERMS)) {
        const list = postings.get(term);
        if (!list) continue;
        const idf = rarity(list.length);
        for (const { document, frequency } of list) {
          const norm = K1 * (1 - B + (B * (lengths[document] ?? 0)) / average);
          const add = (idf * frequency * (K1 + 1)) / (frequency + norm);
          scores.set(document, (scores.get(document) ?? 0) + add);
        }
      }
      return scores;
    },
    share(terms, document) {
      let held = 0;
      let all = 0;
      for (const term of [...new Set(terms)].slice(0, MOST_TERMS)) {
        const list = postings.get(term) ?? [];
        const idf = rarity(list.length);
        all += idf;
        if (list.some((p) => p.document === document)) held += idf;
      }
      return all > 0 ? held / all : 0;
    },
  };
}
