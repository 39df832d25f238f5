import { createHash } from "node:crypto";
import {
  closeSync,
  copyFileSync,
  fdatasyncSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import WebSocket from "ws";
import type { ShownChange } from "../src/agent-console/inbox/shown.ts";
import { CSRF_HEADER } from "../src/agent-console/same-page.ts";
import { DATABASE_FILE } from "../src/storage/backup.ts";
import { openSqlite } from "../src/storage/sqlite/open.ts";
import { createStores, type Stores } from "../src/storage/store.ts";
import { NOBODY } from "../src/storage/witness.ts";
import { sayTo } from "../test/support/chats.ts";
import { random } from "../test/support/long.ts";
import { inParallel, quantile, times } from "../test/support/many.ts";
import { printCosts } from "./costs.ts";
import { filledDesk, hireAgents, moveTo, type Sizes, WAITS } from "./full-desk.ts";
import { cpuOf, end, freePort, rssOf, run } from "./subjects.ts";

const SIZES: Sizes = { agents: 200, chats: 5_000, lines: 1_000_000 };
/** Changes of the inbox that are waited for: by an agent in this process, and by a customer in another one. */
const CHANGES = 80;
const SEARCHES = 300;
const OPENINGS = 600;
const SYNCS = 200;
const keepAlive = new Agent({ keepAlive: true, maxSockets: 64 });

/** All that stands in the desk is made up. */
const DATA_KEY = createHash("sha256").update("a desk for the benchmark").digest();

/**
 * The console of a full desk: how soon a change is in every open inbox, how long a search and an opening take.
 * With `BENCH_FOLDER` the filled database stays there for the next run; each run works on a copy.
 */
export async function consoleBench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-bench-"));
  try {
    await measureIn(folder, process.env.BENCH_FOLDER ?? folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureIn(folder: string, kept: string): Promise<void> {
  const began = performance.now();
  mkdirSync(kept, { recursive: true });
  const filled = await filledDesk(kept, DATA_KEY, SIZES);
  const path = join(folder, DATABASE_FILE);
  if (kept === folder) renameSync(filled, path);
  else copyFileSync(filled, path);
  moveTo(path, Date.now());
  const secrets = await hireAgents(path, DATA_KEY, SIZES.agents, Date.now());
  // What the disk still has to write of it would be waited for by what is measured.
  sync(path);
  const mb = Math.round(statSync(path).size / 1_048_576);
  console.log(
    `a desk of ${SIZES.agents} agents, ${SIZES.chats} open chats, ${SIZES.lines} lines: ${mb} MB, there in ${Math.round((performance.now() - began) / 1_000)} s`,
  );
  await printCosts(path, DATA_KEY, SIZES.chats);
  const port = await freePort();
  const child = await run("desk.ts", String(port), folder, "echo", "", DATA_KEY.toString("base64"));
  const store = await createStores(openSqlite(path), DATA_KEY, NOBODY);
  const agents: BenchAgent[] = [];
  try {
    agents.push(...(await inParallel(secrets, 8, (secret) => BenchAgent.open(port, secret))));
    const next = random(11);
    const report = async (what: string, calls: number, measured: () => Promise<number[]>) => {
      const before = cpuOf(child);
      const ms = await measured();
      print(what, ms, (cpuOf(child) - before) / calls);
    };
    await report("opening a transcript", OPENINGS, () => openings(agents, next));
    await report("search", SEARCHES, () => searches(agents, next));
    const written: number[] = [];
    await report("inbox update, by an agent", CHANGES, () =>
      updates(agents, written, (n) => claimed(agents, n)),
    );
    await report("inbox update, by another process", CHANGES, () =>
      updates(agents, written, (n) => saidElsewhere(store, n)),
    );
    print("of it until the change was written", written);
    print("a sync of this disk", syncs(folder));
    console.log(`memory of the desk: ${Math.round(rssOf(child) / 1_048_576)} MB`);
  } finally {
    for (const agent of agents) agent.socket.terminate();
    await store.close();
    await end(child);
  }
}

function sync(path: string): void {
  const file = openSync(path, "r+");
  fsyncSync(file);
  closeSync(file);
}

/** What the disk alone takes for a page, on this machine as busy as it is now. */
function syncs(folder: string): number[] {
  const file = openSync(join(folder, "sync"), "w");
  const ms = times(SYNCS).map(() => {
    writeSync(file, Buffer.alloc(4_096));
    const began = performance.now();
    fdatasyncSync(file);
    return performance.now() - began;
  });
  closeSync(file);
  return ms;
}

/** `cpuMs`: what the desk's process has used for each, whatever else the machine does. */
function print(what: string, ms: readonly number[], cpuMs?: number): void {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((part) => Math.round(quantile(ms, part)));
  const each = cpuMs === undefined ? "" : `  ${cpuMs.toFixed(1)} ms of processor each`;
  console.log(`${what.padEnd(36)} p50 ${p50} ms  p95 ${p95} ms  p99 ${p99} ms${each}`);
}

/** Each agent opens a few: who reads more than fifty people in an hour needs a second person. */
async function openings(agents: readonly BenchAgent[], next: () => number): Promise<number[]> {
  return inParallel(times(OPENINGS), 2, async (n) => {
    const agent = agents[n % agents.length] as BenchAgent;
    const chat = Math.floor(next() * SIZES.chats);
    return agent.timed("GET", `chats/handoff-${chat}?locale=ja`);
  });
}

async function searches(agents: readonly BenchAgent[], next: () => number): Promise<number[]> {
  const today = new Date().toISOString().slice(0, 10);
  return inParallel(times(SEARCHES), 2, async (n) => {
    const agent = agents[n % agents.length] as BenchAgent;
    const chat = Math.floor(next() * SIZES.chats);
    const queries = [
      `words=${encodeURIComponent("解約 手続き")}`,
      `words=${encodeURIComponent(`顧客${chat}`)}`,
      `words=${encodeURIComponent("料金")}&state=assigned&agent=agent-${n % SIZES.agents}`,
      `topic=fees&from=${today}`,
      "receipt=22222222222",
      `state=requested&language=ja&words=${encodeURIComponent("書類 録音 請求")}`,
    ];
    return agent.timed("GET", `chats/search?${queries[n % queries.length]}`);
  });
}

/** For each change, how long until each of the agents has heard of it; `written`: how long until it was on the disk. */
async function updates(
  agents: readonly BenchAgent[],
  written: number[],
  change: (n: number) => Promise<string>,
): Promise<number[]> {
  const all: number[] = [];
  for (const n of times(Math.min(CHANGES, SIZES.chats / WAITS))) {
    const began = performance.now();
    const id = await change(n);
    written.push(performance.now() - began);
    const late = sleep(5_000).then(() => 5_000);
    const heard = agents.map((agent) => Promise.race([agent.heard(id, began), late]));
    all.push(...(await Promise.all(heard)));
  }
  return all;
}

async function claimed(agents: readonly BenchAgent[], n: number): Promise<string> {
  const id = `handoff-${WAITS * n}`;
  const agent = agents[n % agents.length] as BenchAgent;
  await agent.timed("POST", `chats/${id}/claim`, {});
  return id;
}

async function saidElsewhere(store: Stores, n: number): Promise<string> {
  await sayTo(store, `chat-${SIZES.chats - 1 - n}`, "まだでしょうか", Date.now());
  return `handoff-${SIZES.chats - 1 - n}`;
}

class BenchAgent {
  readonly #port: number;
  readonly #cookie: string;
  #csrf = "";
  socket!: WebSocket;
  /** When each hand-off was heard of last, and who waits for it. */
  readonly #at = new Map<string, number>();
  readonly #waiting = new Map<string, (at: number) => void>();

  private constructor(port: number, secret: string) {
    this.#port = port;
    this.#cookie = `madoguchi-session=${secret}`;
  }

  static async open(port: number, secret: string): Promise<BenchAgent> {
    const agent = new BenchAgent(port, secret);
    agent.#csrf = String((await agent.#call("GET", "me")).csrf);
    const { ticket } = await agent.#call("POST", "stream-ticket", {});
    agent.socket = new WebSocket(`ws://127.0.0.1:${port}/console/stream?t=${ticket}`, {
      headers: { Origin: `http://127.0.0.1:${port}`, Cookie: agent.#cookie },
    });
    agent.socket.on("message", (data) => agent.#hear(String(data)));
    await new Promise((resolve, reject) => {
      agent.socket.once("open", resolve);
      agent.socket.once("error", reject);
    });
    return agent;
  }

  /** Milliseconds after `began`. */
  async heard(id: string, began: number): Promise<number> {
    const at = this.#at.get(id);
    if (at !== undefined && at >= began) return at - began;
    return new Promise((resolve) => this.#waiting.set(id, (heardAt) => resolve(heardAt - began)));
  }

  async timed(method: "GET" | "POST", path: string, body?: object): Promise<number> {
    const began = performance.now();
    await this.#call(method, `operators/jcom/${path}`, body);
    return performance.now() - began;
  }

  #hear(text: string): void {
    if (text === "") return;
    const change = JSON.parse(text) as ShownChange;
    const now = performance.now();
    const ids = change.kind === "chats" ? change.chats.map(({ id }) => id) : [];
    for (const id of ids) {
      this.#at.set(id, now);
      this.#waiting.get(id)?.(now);
      this.#waiting.delete(id);
    }
  }

  #call(method: "GET" | "POST", path: string, body?: object): Promise<Record<string, unknown>> {
    const port = this.#port;
    const headers = {
      Origin: `http://127.0.0.1:${port}`,
      Cookie: this.#cookie,
      ...(this.#csrf ? { [CSRF_HEADER]: this.#csrf } : {}),
      ...(body ? { "Content-Type": "application/json" } : {}),
    };
    return new Promise((resolve, reject) => {
      const options = { port, host: "127.0.0.1", method, headers, agent: keepAlive };
      const sent = request({ ...options, path: `/console/api/${path}` }, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk) => (text += chunk));
        response.on("end", () => {
          if (response.statusCode === 200) resolve(JSON.parse(text));
          else reject(new Error(`${method} ${path}: ${response.statusCode} ${text.slice(0, 200)}`));
        });
      });
      sent.on("error", reject);
      sent.end(body ? JSON.stringify(body) : undefined);
    });
  }
}
