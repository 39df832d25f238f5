import { type Locale, localeOf } from "../reply/locale.ts";
import { hiragana } from "../understanding/japanese/sound.ts";
import { normalize } from "../understanding/normalize.ts";
import type { ContentLine } from "./content-lines.ts";
import type { Question } from "./question.ts";

/** An example of ours that says nearly what a question says. */
export interface Leak {
  file: string;
  line: number;
  /** The question's id. */
  question: string;
  how: "equal" | "contained" | "alike";
  /** How alike, 0..1; 1 for equal ones. */
  likeness: number;
}

/** Leaks, and how many equal texts are too short to be told from chance ("why?"). */
export interface Leaks {
  leaks: Leak[];
  short: number;
}

/** From this likeness on, two texts are near copies. */
const ALIKE = 0.7;
/** Fewest characters, spaces and signs left out, of texts that count when equal, and when one holds the other. */
const EQUAL_LENGTH: Readonly<Record<Locale, number>> = { ja: 6, en: 12 };
const CONTAINED_LENGTH: Readonly<Record<Locale, number>> = { ja: 12, en: 25 };

interface Shape {
  plain: string;
  grams: ReadonlySet<string>;
  words: ReadonlySet<string>;
}

function shapeOf(text: string): Shape {
  const words = hiragana(normalize(text)).match(/[\p{L}\p{N}ー]+/gu) ?? [];
  const plain = words.join("");
  const grams = new Set<string>();
  for (let i = 0; i + 3 <= plain.length; i++) grams.add(plain.slice(i, i + 3));
  return { plain, grams, words: new Set(words) };
}

const jaccard = (shared: number, a: number, b: number) => (a + b === shared ? 0 : shared / (a + b - shared));

/** Japanese by runs of three characters; English by those and by words, half each. */
function likeness(a: Shape, b: Shape, sharedGrams: number, locale: Locale): number {
  const grams = jaccard(sharedGrams, a.grams.size, b.grams.size);
  if (locale === "ja") return grams;
  let shared = 0;
  for (const w of a.words) if (b.words.has(w)) shared++;
  return (grams + jaccard(shared, a.words.size, b.words.size)) / 2;
}

function compared(
  a: Shape,
  b: Shape,
  shared: number,
  locale: Locale,
): Pick<Leak, "how" | "likeness"> | undefined {
  const alike = likeness(a, b, shared, locale);
  const [short, long] = a.plain.length <= b.plain.length ? [a, b] : [b, a];
  const held = short.plain.length >= CONTAINED_LENGTH[locale] && shared === short.grams.size;
  if (held && long.plain.includes(short.plain)) return { how: "contained", likeness: alike };
  return alike >= ALIKE ? { how: "alike", likeness: alike } : undefined;
}

/**
 * Finds near copies between questions and examples of one language. Only pairs that share runs of three characters are
 * compared, so that the cost grows with what is shared, not with questions times examples.
 */
export function findLeaks(questions: readonly Question[], examples: readonly ContentLine[]): Leaks {
  const asked = questions.map((q) => ({ id: q.id, locale: localeOf(q.locale) ?? "ja", ...shapeOf(q.text) }));
  const byGram = new Map<string, number[]>();
  const byText = new Map<string, number[]>();
  const put = (map: Map<string, number[]>, key: string, i: number) => {
    const list = map.get(key);
    if (list) list.push(i);
    else map.set(key, [i]);
  };
  for (const [i, q] of asked.entries()) {
    put(byText, `${q.locale} ${q.plain}`, i);
    for (const g of q.grams) put(byGram, `${q.locale} ${g}`, i);
  }
  const leaks: Leak[] = [];
  let short = 0;
  for (const { file, line, locale, text } of examples) {
    const shape = shapeOf(text);
    if (shape.plain === "") continue;
    const equal = byText.get(`${locale} ${shape.plain}`) ?? [];
    if (shape.plain.length < EQUAL_LENGTH[locale]) {
      short += equal.length;
      continue;
    }
    for (const i of equal)
      leaks.push({ file, line, question: asked[i]?.id ?? "", how: "equal", likeness: 1 });
    const shared = new Map<number, number>();
    for (const g of shape.grams)
      for (const i of byGram.get(`${locale} ${g}`) ?? []) shared.set(i, (shared.get(i) ?? 0) + 1);
    for (const [i, n] of shared) {
      const q = asked[i];
      if (!q || equal.includes(i)) continue;
      const found = compared(shape, q, n, locale);
      if (found) leaks.push({ file, line, question: q.id, ...found });
    }
  }
  return { leaks, short };
}

/** One line a leak, never a question's words, and the counts. */
export function leaksText({ leaks, short }: Leaks): string {
  const count = (how: Leak["how"]) => leaks.filter((l) => l.how === how).length;
  const questions = new Set(leaks.map((l) => l.question)).size;
  return [
    ...leaks.map((l) => `${l.file}:${l.line}\t${l.question}\t${l.how} ${l.likeness.toFixed(2)}`),
    `${leaks.length} near copies of ${questions} questions: ${count("equal")} equal, ${count("contained")} contained, ${count("alike")} alike`,
    `${short} equal ones of a word or two are not counted`,
  ].join("\n");
}
