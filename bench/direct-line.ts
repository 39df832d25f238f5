import { setTimeout as sleep } from "node:timers/promises";
import { type Figures, measure } from "./load.ts";
import { plot, type Series, writePlot } from "./plot.ts";
import { desk, echoBot, type Subject } from "./subjects.ts";

/** 50 customers talk at once; a token may post 60 activities in a burst, so nobody says more in one round. */
const CUSTOMERS = 50;
const TURNS = 50;
const ROUNDS = 7;
const IDLE_CHATS = 2_000;

/** Answered turns through Direct Line, beside botbuilder's echo bot in the same run; then 2,000 open chats. */
export async function directLine(): Promise<void> {
  const [echo, ours, real] = await sideBySide([
    ["botbuilder echo bot behind restify", await echoBot()],
    ["Direct Line, a brain that echoes", await desk("echo")],
    ["Direct Line, the real brain", await desk("real")],
  ]);
  if (!echo || !ours || !real) return;
  for (const { name, rounds } of [ours, real]) {
    const ratio = (of: (f: Figures) => number) =>
      median(rounds.map((f, i) => of(f) / of(echo.rounds[i] as Figures)));
    const [turns, p95] = [ratio((f) => f.perSecond), ratio((f) => f.p95)];
    console.log(`${name} : echo bot = ${turns.toFixed(2)} in turns a second, ${p95.toFixed(2)} in p95`);
  }
  const crowd = await idle();
  const series: Series[] = [
    { name: "botbuilder echo bot", figures: middle(echo.rounds) },
    { name: "Direct Line, echo", figures: middle(ours.rounds) },
    { name: "Direct Line, the desk", figures: middle(real.rounds) },
    { name: `echo, ${IDLE_CHATS} chats open`, figures: crowd },
  ];
  console.log(`plot: ${writePlot("direct-line", plot(`${CUSTOMERS} customers talk at once`, series))}`);
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

export const middle = (rounds: readonly Figures[]) =>
  rounds.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(rounds.length / 2)] as Figures;

/** Each has a round, then each has the next one: whatever else the machine does falls on all of them. */
export async function sideBySide(
  named: readonly [string, Subject][],
): Promise<{ name: string; rounds: Figures[] }[]> {
  const all = named.map(([name, subject]) => ({ name, subject, rounds: [] as Figures[] }));
  try {
    for (const { subject } of all) await measure(await subject.customers(CUSTOMERS), TURNS);
    for (let round = 0; round < ROUNDS; round += 1)
      for (const { subject, rounds } of all)
        rounds.push(await measure(await subject.customers(CUSTOMERS), TURNS));
    for (const { name, subject, rounds } of all) {
      const { perSecond, p50, p95, p99 } = middle(rounds);
      const mb = Math.round(subject.rss() / 1_048_576);
      console.log(
        `${name.padEnd(36)} ${String(perSecond).padStart(5)} turns/s  p50 ${p50} ms  p95 ${p95} ms  p99 ${p99} ms  ${mb} MB`,
      );
    }
    return all;
  } finally {
    for (const { subject } of all) await subject.stop();
  }
}

/** What an open chat costs that says nothing, and what it costs the others. */
async function idle(): Promise<Figures> {
  const subject = await desk("echo");
  try {
    // The first chats pay for code and buffers that all share.
    await measure(await subject.customers(200), 5);
    await settled(subject);
    const before = subject.rss();
    const talkers = await subject.customers(IDLE_CHATS);
    await settled(subject);
    const perChat = Math.round((subject.rss() - before) / IDLE_CHATS);
    const figures = await measure(talkers.slice(0, CUSTOMERS), 20);
    const { perSecond, p50, p95, p99 } = figures;
    console.log(
      `${IDLE_CHATS} open chats: ${perChat} bytes each; beside them ${perSecond} turns/s  p50 ${p50} ms  p95 ${p95} ms  p99 ${p99} ms`,
    );
    return figures;
  } finally {
    await subject.stop();
  }
}

/** Garbage is no cost of a chat. */
async function settled(subject: Subject): Promise<void> {
  subject.collect();
  await sleep(1_000);
}

if (import.meta.main) await directLine();
