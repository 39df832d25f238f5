import { z } from "zod";
import { textIndex } from "../knowledge/text-index.ts";
import type { Locale } from "../reply/locale.ts";
import { MAX_MESSAGE } from "../understanding/normalize.ts";
import type { Reader } from "../understanding/reader.ts";
import { jsonLines } from "./input-file.ts";

const id = z.union([z.string(), z.number()]).transform(String);
const passageSchema = z.object({ doc: id, id, heading: z.string().nullish(), text: z.string() });
const questionSchema = z.object({ qid: id, doc: id, text: z.string() });

/** A piece of a document. */
export type Passage = z.infer<typeof passageSchema>;
/** A question to one document. */
export type PassageQuestion = z.infer<typeof questionSchema>;

/** The passages of the question's own document, best first. */
export interface RankedPassages {
  qid: string;
  ranked: string[];
  /** How much of the question's words, by their rarity, the best passage holds; 0..1. */
  score: number;
  /** Whether that is enough to believe that the document answers it. */
  answerable: boolean;
}

/** Weight of a word in a passage's heading; of one in its text it is 1. */
const HEADING = 3;
/** Share of the question's words from which on it is believed to be answered. */
const ANSWERABLE = 0.2;

/** Throw an InputError that names every bad line. */
export const readPassages = (file: string): Passage[] => jsonLines(file, passageSchema).map((l) => l.value);
export const readPassageQuestions = (file: string): PassageQuestion[] =>
  jsonLines(file, questionSchema).map((l) => l.value);

/** What is odd about a set of passages and questions and yet can be ranked, for whoever made it. */
export function passageOddities(
  passages: readonly Passage[],
  questions: readonly PassageQuestion[],
): string[] {
  const twice = (names: readonly string[]) => names.length - new Set(names).size;
  const documents = new Set(passages.map((p) => p.doc));
  const [ids, qids] = [
    twice(passages.map(({ doc, id }) => JSON.stringify([doc, id]))),
    twice(questions.map((q) => q.qid)),
  ];
  const lost = questions.filter((q) => !documents.has(q.doc)).length;
  return [
    ...(ids > 0 ? [`${ids} passages have the id of another one of their document`] : []),
    ...(qids > 0 ? [`${qids} questions have the qid of another one`] : []),
    ...(lost > 0
      ? [`${lost} questions name a document that has no passages: nothing is ranked for them`]
      : []),
  ];
}

/** A text in pieces that the reader takes whole, cut behind sentences where it can. */
function pieces(text: string): string[] {
  const out: string[] = [];
  let piece = "";
  for (const sentence of text.split(/(?<=[。.!?！？\n])/)) {
    if (piece.length + sentence.length > MAX_MESSAGE && piece !== "") {
      out.push(piece);
      piece = "";
    }
    piece += sentence;
    for (; piece.length > MAX_MESSAGE; piece = piece.slice(MAX_MESSAGE))
      out.push(piece.slice(0, MAX_MESSAGE));
  }
  if (piece !== "") out.push(piece);
  return out;
}

/** Ranks passages for questions with the chat's own reader and index, and nothing learned. */
export function passageTrial(
  reader: Reader,
  locale: Locale,
  passages: readonly Passage[],
  questions: readonly PassageQuestion[],
): RankedPassages[] {
  const byDocument = Map.groupBy(passages, (p) => p.doc);
  const part = (text: string, weight: number) => ({ terms: reader.read(text, locale).terms, weight });
  const indexes = new Map(
    [...byDocument].map(([doc, list]) => {
      const texts = list.map((p) => [
        ...(p.heading ? [part(p.heading, HEADING)] : []),
        ...pieces(p.text).map((t) => part(t, 1)),
      ]);
      return [doc, textIndex(texts, locale)] as const;
    }),
  );
  return questions.map(({ qid, doc, text }) => {
    const index = indexes.get(doc);
    const list = byDocument.get(doc) ?? [];
    if (!index) return { qid, ranked: [], score: 0, answerable: false };
    const { terms } = reader.read(text, locale);
    const scores = index.score(terms);
    const order = [...list.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
    const score = Math.round(index.share(terms, order[0] ?? 0) * 1000) / 1000;
    return {
      qid,
      ranked: order.map((i) => list[i]?.id ?? ""),
      score,
      answerable: score >= ANSWERABLE,
    };
  });
}
