import { readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { contentLines } from "../evaluation/content-lines.ts";
import { evaluate } from "../evaluation/evaluate.ts";
import { InputError } from "../evaluation/input-file.ts";
import { intentTrial, intentTrialText } from "../evaluation/intent-trial.ts";
import { languageOf, readLabelled } from "../evaluation/labelled-file.ts";
import { findLeaks, leaksText } from "../evaluation/leaks.ts";
import { type LearningCurve, learningCurve, learningCurveText } from "../evaluation/learning-curve.ts";
import {
  passageOddities,
  passageTrial,
  readPassageQuestions,
  readPassages,
} from "../evaluation/passage-trial.ts";
import { readQuestions } from "../evaluation/question.ts";
import type { Marked } from "../evaluation/report.ts";
import { reportText } from "../evaluation/report.ts";
import { type ReportPage, reportPage } from "../evaluation/report-page.ts";
import { loadContent } from "../knowledge/content.ts";
import { type Locale, localeOf } from "../reply/locale.ts";
import { createBrain } from "../turn/brain.ts";
import { loadTokenizer } from "../understanding/japanese/dictionary.ts";
import { wordsOf } from "../understanding/known-words.ts";
import { createReader } from "../understanding/reader.ts";
import { refuse } from "./refuse.ts";

const ROOT = join(import.meta.dirname, "../..");
const HELD_OUT = join(ROOT, "test/knowledge/held-out");

/**
 * `npm run eval`: how well questions are understood, through the code of a chat turn.
 * - `--questions FILE` (may be given several times): any question file; without it, our own held-out questions
 *   (`test/knowledge/held-out`), which are never learned from. `--html OUT` writes a page with plots beside the text;
 *   `--curve` learns an eighth, a quarter, a half and all of the examples and asks our held-out questions of each.
 * - `--leaks FILE`: near copies of a question file among the examples of `content/`; ends with 1 when there are any.
 * - `--train A.tsv --test B.tsv [--lang ja|en]` (text, tab, label): the intent model on any labelled texts.
 * - `--passages P.jsonl --questions Q.jsonl --out R.jsonl [--lang ja|en]` (`{doc,id,heading?,text}`; `{qid,doc,text}`):
 *   ranks the passages of each question's own document, without anything learned; writes
 *   `{qid, ranked:[ids], score, answerable}`.
 */
const OPTIONS = {
  questions: { type: "string", multiple: true },
  html: { type: "string" },
  curve: { type: "boolean" },
  leaks: { type: "string" },
  train: { type: "string" },
  test: { type: "string" },
  passages: { type: "string" },
  out: { type: "string" },
  lang: { type: "string" },
} as const;

const values = options();

function options() {
  try {
    return parseArgs({ options: OPTIONS }).values;
  } catch (error) {
    return refuse(error);
  }
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new InputError(`${file}: cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** The language asked for; the one that the texts are in where none is. */
function language(texts: readonly string[]): Locale {
  if (values.lang === undefined) return languageOf(texts);
  const locale = localeOf(values.lang);
  if (!locale) throw new InputError(`--lang ${values.lang}: write ja or en`);
  return locale;
}

const PUBLIC_URL = "http://127.0.0.1:3978";
const progress = (text: string) => console.error(text);
const heldOut = () =>
  readdirSync(HELD_OUT)
    .filter((f) => f.endsWith(".jsonl"))
    .map((f) => join(HELD_OUT, f));

async function curve(): Promise<LearningCurve> {
  const single = heldOut().filter((f) => basename(f).startsWith("questions"));
  return learningCurve(
    (examples) => createBrain({ publicUrl: PUBLIC_URL, ...(examples ? { examples } : {}), progress }),
    loadContent(join(ROOT, "content")).utterances,
    single.flatMap((file) => readQuestions(file)),
  );
}

async function questions(): Promise<void> {
  const brain = await createBrain({ publicUrl: PUBLIC_URL, progress });
  const files: { name: string; rows: readonly Marked[] }[] = [];
  const given = (values.questions ?? heldOut()).map((file) => ({
    file,
    asked: readQuestions(file, brain.operators),
  }));
  for (const { file, asked } of given) {
    const start = performance.now();
    const rows = await evaluate(brain, asked);
    const ms = (performance.now() - start) / Math.max(1, asked.length);
    console.log(`\n${file}\n${reportText(rows)}\n${ms.toFixed(2)} ms a question`);
    files.push({ name: basename(file), rows });
  }
  const page: ReportPage = { files };
  if (values.curve) {
    page.curve = await curve();
    console.log(`\n${learningCurveText(page.curve)}`);
  }
  if (values.html !== undefined) write(values.html, reportPage(page));
}

async function intents(train: string, test: string): Promise<void> {
  const lessons = readLabelled(train);
  const tokenizer = await loadTokenizer(join(ROOT, ".cache"));
  const locale = language(lessons.map((l) => l.text));
  console.log(intentTrialText(intentTrial(tokenizer, locale, lessons, readLabelled(test))));
}

async function passages(file: string): Promise<void> {
  const [questionFile, ...more] = values.questions ?? [];
  const { out } = values;
  if (questionFile === undefined || more.length > 0 || out === undefined)
    throw new InputError("--passages P.jsonl goes with one --questions Q.jsonl and --out R.jsonl");
  const list = readPassages(file);
  const tokenizer = await loadTokenizer(join(ROOT, ".cache"));
  const locale = language(list.map((p) => p.text));
  const { concepts, thesaurus } = loadContent(join(ROOT, "content"));
  const english = wordsOf(locale === "en" ? list.map((p) => p.text) : []);
  const reader = createReader({ tokenizer, concepts, thesaurus, english });
  const asked = readPassageQuestions(questionFile);
  for (const odd of passageOddities(list, asked)) console.error(`note: ${odd}`);
  const start = performance.now();
  const ranked = passageTrial(reader, locale, list, asked);
  const seconds = (performance.now() - start) / 1000;
  write(out, ranked.map((r) => `${JSON.stringify(r)}\n`).join(""));
  const believed = ranked.filter((r) => r.answerable).length;
  console.log(
    `${list.length} passages, ${asked.length} questions in ${locale}: ${believed} believed to be answered, ${seconds.toFixed(1)} s`,
  );
}

function leaks(file: string): void {
  const found = findLeaks(readQuestions(file), contentLines(ROOT));
  console.log(leaksText(found));
  process.exitCode = found.leaks.length > 0 ? 1 : 0;
}

async function run(): Promise<void> {
  const { train, test } = values;
  if (train !== undefined || test !== undefined) {
    if (train === undefined || test === undefined) throw new InputError("--train and --test go together");
    await intents(train, test);
  } else if (values.leaks !== undefined) leaks(values.leaks);
  else if (values.passages !== undefined) await passages(values.passages);
  else if (values.out !== undefined) throw new InputError("--out goes with --passages");
  else await questions();
}

await run().catch(refuse);
