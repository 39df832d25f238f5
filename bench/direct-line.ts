import { setTimeout as sleep } from "node:timers/promises";
import { type Figures, measure } from "./load.ts";
import { plot, type Series, writePlot } from "./plot.ts";
import { desk, echoBot, type Subject } from "./subjects.ts";

/** 50 customers talk at once; a token may post 60 activities in a burst, so nobody says more in one round. */
const CUSTOMERS = 50;
const TURNS = 50;
const ROUNDS = 3;
const IDLE_CHATS = 2_000;

/** Answered turns through Direct Line, beside botbuilder's echo bot in the same run; then 2,000 open chats. */
export async function directLine(): Promise<void> {
  const echo = await best("botbuilder echo bot behind restify", echoBot);
  const ours = await best("Direct Line, a brain that echoes", () => desk("echo"));
  const real = await best("Direct Line, the real brain", () => desk("real"));
  const ratio = ours.perSecond / echo.perSecond;
  console.log(
    `Direct Line : echo bot = ${ratio.toFixed(2)} in turns a second, ${(ours.p95 / echo.p95).toFixed(2)} in p95`,
  );
  const crowd = await idle();
  const series: Series[] = [
    { name: "botbuilder echo bot", figures: echo },
    { name: "Direct Line, echo", figures: ours },
    { name: "Direct Line, the desk", figures: real },
    { name: `echo, ${IDLE_CHATS} chats open`, figures: crowd },
  ];
  console.log(`plot: ${writePlot("direct-line", plot(`${CUSTOMERS} customers talk at once`, series))}`);
}

async function best(name: string, open: () => Promise<Subject>): Promise<Figures> {
  const subject = await open();
  try {
    await measure(await subject.customers(CUSTOMERS), 10);
    const rounds: Figures[] = [];
    for (let round = 0; round < ROUNDS; round += 1)
      rounds.push(await measure(await subject.customers(CUSTOMERS), TURNS));
    rounds.sort((a, b) => a.perSecond - b.perSecond);
    const median = rounds[Math.floor(ROUNDS / 2)] as Figures;
    const { perSecond, p50, p95, p99 } = median;
    const mb = Math.round(subject.rss() / 1_048_576);
    console.log(
      `${name.padEnd(36)} ${String(perSecond).padStart(5)} turns/s  p50 ${p50} ms  p95 ${p95} ms  p99 ${p99} ms  ${mb} MB`,
    );
    return median;
  } finally {
    await subject.stop();
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
