import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Question, readQuestions } from "../src/evaluation/question.ts";
import { localeOf } from "../src/reply/locale.ts";
import { createBrain } from "../src/turn/brain.ts";
import type { Brain, Talk } from "../src/turn/talk.ts";
import { START_OPTIONS } from "../test/support/start-options.ts";

const ROOT = join(import.meta.dirname, "..");

/** The questions to measure on: the development questions where they are at hand, else our own held-out ones. */
function questionFiles(): string[] {
  const shared = join(ROOT, "../shared/questions");
  const folder = existsSync(shared) ? shared : join(ROOT, "test/knowledge/held-out");
  return readdirSync(folder)
    .filter((f) => f.endsWith(".jsonl"))
    .map((f) => join(folder, f));
}

/** Nothing is filed here. */
const MOMENT = { now: 0, random: (bytes: number) => new Uint8Array(bytes) };

const quantile = (sorted: readonly number[], q: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;

/** Milliseconds from an empty process to a brain that answers, and its memory, in a process of its own. */
function start(): { readyMs: number; megabytes: number } {
  const code = `
    const { createBrain } = await import(${JSON.stringify(join(ROOT, "src/turn/brain.ts"))});
    const brain = await createBrain({ publicUrl: "http://127.0.0.1:3978" });
    await brain.respond(brain.operators[0], { locale: "ja" }, { text: "通話は録音されますか" }, { now: 0, random: (n) => new Uint8Array(n) });
    console.log(JSON.stringify({ ms: performance.now(), rss: process.memoryUsage().rss }));`;
  const run = spawnSync(process.execPath, [...START_OPTIONS, "--input-type=module", "-e", code], {
    encoding: "utf8",
  });
  const { ms, rss } = JSON.parse(run.stdout.trim().split("\n").at(-1) ?? "{}") as { ms: number; rss: number };
  return { readyMs: ms, megabytes: rss / 1e6 };
}

/** Prints time to ready, memory, and the time of a turn (understanding, ranking, reply) per question file. */
export async function understandingBench(): Promise<void> {
  const starts = [start(), start(), start()].sort((a, b) => a.readyMs - b.readyMs);
  const middle = starts[1] ?? start();
  console.log(
    `ready       ${(middle.readyMs / 1000).toFixed(2)} s    memory ${middle.megabytes.toFixed(0)} MB resident`,
  );
  const brain = await createBrain({ publicUrl: "http://127.0.0.1:3978" });
  const began = performance.now();
  await brain.warm?.();
  console.log(`warm        ${(performance.now() - began).toFixed(0)} ms, once the desk is open`);
  for (const file of questionFiles()) {
    const questions: Question[] = readQuestions(file);
    const round = async () => {
      const times: number[] = [];
      for (const q of questions) {
        const begin = performance.now();
        await brain.respond(q.operator, { locale: localeOf(q.locale) ?? "ja" }, { text: q.text }, MOMENT);
        times.push(performance.now() - begin);
      }
      return times.sort((a, b) => a - b);
    };
    const cold = await round();
    const warm = await round();
    const figures = (list: number[]) =>
      `p50 ${quantile(list, 0.5).toFixed(2)} ms  p99 ${quantile(list, 0.99).toFixed(2)} ms`;
    console.log(
      `turn        ${file.split("/").at(-1)?.padEnd(20)} first ${figures(cold)}   again ${figures(warm)}`,
    );
  }
  await formTurns(brain);
  console.log(
    `memory      ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB resident after ${questionFiles().length * 2} rounds`,
  );
}

/** A turn of a form, through the dialog stack, beside a turn that answers a question. */
async function formTurns(brain: Brain): Promise<void> {
  const begun = await brain.respond("jcom", { locale: "ja" }, { text: "個人情報を開示してください" }, MOMENT);
  // Never the same words twice running: those are not read again.
  const time = async (texts: readonly [string, string], talk: Talk) => {
    const times: number[] = [];
    for (let n = 0; n < 500; n += 1) {
      const start = performance.now();
      await brain.respond("jcom", talk, { text: texts[n % 2] ?? "" }, MOMENT);
      times.push(performance.now() - start);
    }
    return times.sort((a, b) => a - b);
  };
  const forms = await time(["すべて", "全部"], begun.talk);
  const answers = await time(["通話は録音されますか", "電話の内容は残りますか"], { locale: "ja" });
  const [form, answer] = [quantile(forms, 0.5), quantile(answers, 0.5)];
  console.log(
    `form        p50 ${form.toFixed(2)} ms  p99 ${quantile(forms, 0.99).toFixed(2)} ms   an answer beside it p50 ${answer.toFixed(2)} ms   ratio ${(form / answer).toFixed(2)}`,
  );
}
