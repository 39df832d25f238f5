import { join } from "node:path";
import { linePlot } from "../src/evaluation/plot.ts";
import { readQuestions } from "../src/evaluation/question.ts";
import type { Clause, ClauseText } from "../src/knowledge/clause.ts";
import { loadContent } from "../src/knowledge/content.ts";
import { lessonsOf } from "../src/knowledge/lessons.ts";
import type { Operator } from "../src/knowledge/operator.ts";
import { createRanker, type Ranker } from "../src/knowledge/ranking.ts";
import type { Locale } from "../src/reply/locale.ts";
import { decide } from "../src/turn/decide.ts";
import { createIntents } from "../src/understanding/intents.ts";
import { loadTokenizer } from "../src/understanding/japanese/dictionary.ts";
import type { Reading } from "../src/understanding/reader.ts";
import { trained } from "../src/understanding/trained.ts";
import { seeded } from "../src/understanding/training.ts";
import { writePlot } from "./plot.ts";

const ROOT = join(import.meta.dirname, "..");
const CLAUSES = [100, 250, 500, 1_000, 2_500, 5_000];
const OPERATORS = [1, 10, 100, 1_000];
const EACH = 100;
const ASKED = 400;

const quantile = (sorted: readonly number[], q: number) => sorted[Math.floor((sorted.length - 1) * q)] ?? 0;

/** Clauses made up from the lines of ours, in a seeded order. */
function madeUp(content: ReturnType<typeof loadContent>, seed: number): (count: number) => Clause[] {
  const random = seeded(seed);
  const ours = [...content.operators.values()].flatMap((o) => o.clauses);
  const topics = [...content.topics.keys()];
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const linesOf = (l: Locale) => ours.flatMap((c) => c.text[l].body.split("\n")).filter((s) => s !== "");
  const lines = { ja: linesOf("ja"), en: linesOf("en") };
  const text = (l: Locale): ClauseText => ({
    title: pick(ours).text[l].title,
    short: pick(ours).text[l].short,
    simple: "",
    body: Array.from({ length: 4 }, () => pick(lines[l])).join("\n"),
  });
  return (count) =>
    Array.from({ length: count }, (_, i) => ({
      id: `clause-${i}`,
      heading: "",
      topics: [pick(topics), pick(topics)],
      text: { ja: text("ja"), en: text("en") },
    }));
}

/**
 * What understanding a question costs beside the size of the operator's policy, and beside the number of operators:
 * from the message to what is said, without the reply's words.
 */
export async function sizesBench(): Promise<void> {
  const content = loadContent(join(ROOT, "content"));
  const tokenizer = await loadTokenizer(join(ROOT, ".cache"));
  const { reader, models } = await trained(tokenizer, lessonsOf(content), join(ROOT, ".cache"), true);
  const intents = createIntents(models);
  const known = new Map<string, Reading>();
  const read = (text: string, locale: Locale) => {
    const key = `${locale} ${text}`;
    const reading = known.get(key) ?? reader.read(text, locale);
    known.set(key, reading);
    return reading;
  };
  const like = [...content.operators.values()][0] as Operator;
  const clauses = madeUp(content, 5);
  const rankerOf = (count: number) =>
    createRanker(
      { ...like, clauses: clauses(count) },
      content.topics,
      (text, locale) => read(text, locale).terms,
    );
  const questions = (["ja", "en"] as const).flatMap((l) =>
    readQuestions(join(ROOT, `test/knowledge/held-out/questions.${l}.jsonl`))
      .slice(0, ASKED / 2)
      .map((q) => ({ text: q.text, locale: l })),
  );
  const measure = (rankers: readonly Ranker[]) => {
    const times = [0, 1].flatMap((round) =>
      questions.map(({ text, locale }, i) => {
        const ranker = rankers[(i * 7919 + round) % rankers.length] as Ranker;
        const start = performance.now();
        const reading = reader.read(text, locale);
        const list = ranker.weigh(reading, intents.of(reading));
        decide(ranker.rank(reading, list), list);
        return performance.now() - start;
      }),
    );
    const warm = times.slice(questions.length).sort((a, b) => a - b);
    return { p50: quantile(warm, 0.5), p99: quantile(warm, 0.99) };
  };
  measure([rankerOf(EACH)]);
  const bySize = CLAUSES.map((n) => ({ n, ...measure([rankerOf(n)]) }));
  const rankers: Ranker[] = [];
  const byCount = OPERATORS.map((n) => {
    while (rankers.length < n) rankers.push(rankerOf(EACH));
    return { n, ...measure(rankers) };
  });
  const shown = (what: string, rows: typeof bySize) => {
    for (const { n, p50, p99 } of rows)
      console.log(`${what} ${String(n).padStart(5)}  p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms`);
  };
  shown("clauses of the operator ", bySize);
  shown(`operators of ${EACH} clauses`, byCount);
  const all = [...bySize, ...byCount];
  const top = Math.ceil(Math.max(...all.map((r) => r.p99)));
  const path = writePlot(
    "sizes",
    linePlot(
      {
        title: "Cost of understanding one question",
        x: "clauses of the operator, or operators of 100 clauses",
        y: "milliseconds",
        xRange: [1, 5_000],
        yRange: [0, top],
        log: true,
        xTicks: [1, 10, 100, 1_000, 5_000],
        yTicks: [0, 0.25, 0.5, 0.75, 1].map((part) => Math.round(part * top * 100) / 100),
      },
      [
        { name: "p50 by clauses", points: bySize.map((r) => ({ x: r.n, y: r.p50 })) },
        { name: "p99 by clauses", points: bySize.map((r) => ({ x: r.n, y: r.p99 })) },
        { name: "p50 by operators", points: byCount.map((r) => ({ x: r.n, y: r.p50 })) },
        { name: "p99 by operators", points: byCount.map((r) => ({ x: r.n, y: r.p99 })) },
      ],
    ),
  );
  console.log(`plot: ${path}`);
}
