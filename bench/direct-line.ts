import { type Figures, measure } from "./load.ts";
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
  await best("Direct Line, the real brain", () => desk("real"));
  const ratio = ours.perSecond / echo.perSecond;
  console.log(
    `Direct Line : echo bot = ${ratio.toFixed(2)} in turns a second, ${(ours.p95 / echo.p95).toFixed(2)} in p95`,
  );
  await idle();
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

async function idle(): Promise<void> {
  const subject = await desk("echo");
  try {
    await subject.customers(100);
    const before = subject.rss();
    const talkers = await subject.customers(IDLE_CHATS);
    const perChat = Math.round((subject.rss() - before) / IDLE_CHATS / 1_024);
    const { perSecond, p50, p95, p99 } = await measure(talkers.slice(0, CUSTOMERS), 20);
    console.log(
      `${IDLE_CHATS} open chats: ${perChat} KiB each; beside them ${perSecond} turns/s  p50 ${p50} ms  p95 ${p95} ms  p99 ${p99} ms`,
    );
  } finally {
    await subject.stop();
  }
}

if (import.meta.main) await directLine();
