import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import type { AtDesk } from "../../src/handoff/desk.ts";
import { createLog } from "../../src/http/log.ts";
import { randomIds } from "../../src/keys.ts";
import { StoreUnavailable } from "../../src/turn/store.ts";
import { callingBrain } from "./calling-brain.ts";

/**
 * The desk as a process of its own with an agent in it, for tests that kill it. The agent takes whoever waits, answers
 * each word "w" with "re: w" under a key that follows from the word, so that a repeated try is the same, and hands back
 * at "bye".
 */
const read = readConfig(
  process.env,
  () => "",
  () => ({ dataKey: "", tokenKey: "" }),
);
if (read.kind === "problems") throw new Error(read.problems.join("; "));
const { config } = read;
const app = await createApp(
  config,
  {
    clock: { now: () => Date.now() },
    ids: randomIds,
    random: randomBytes,
    log: createLog(config.logLevel),
    staffing: { staffed: async () => true },
  },
  callingBrain(120),
);
const by: AtDesk = { id: "account-1", name: "Sato", role: "agent", operators: ["jcom"] };
let stopping = false;

async function work(): Promise<void> {
  for (let after: { requestedAt: number; id: string } | null = null; ; ) {
    const page = await app.desk.list(by, { states: ["requested", "assigned"] }, 200, after);
    for (const { id, state, readSeq, customerSeq } of page.handoffs) {
      if (state === "requested") await app.desk.claim(by, id);
      else if (customerSeq > readSeq) await answer(id, readSeq);
    }
    after = page.next;
    if (!after || stopping) return;
  }
}

async function answer(id: string, after: number): Promise<void> {
  const lines = (await app.desk.lines(by, id, after)) ?? [];
  const joined = lines.findIndex((line) => line.text.includes("対応いたします"));
  for (const { id: line, by: who, text, seq } of after === 0 ? lines.slice(joined) : lines) {
    if (who !== "customer") continue;
    await app.desk.say(by, id, `re-${line}`, `re: ${text}`);
    if (text === "bye") return void (await app.desk.end(by, id, ""));
    await app.desk.read(by, id, seq);
  }
}

async function agent(): Promise<void> {
  while (!stopping) {
    await work().catch((error: unknown) => {
      if (!stopping && !(error instanceof StoreUnavailable)) throw error;
    });
    await sleep(50);
  }
}

process.on("SIGTERM", () => {
  stopping = true;
  void working.then(() => app.stop()).then(() => process.exit(0));
});
await app.start();
const working = agent();
