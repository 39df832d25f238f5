import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BotService, Person } from "../test/support/bot-service.ts";
import { freePort, openDesk } from "../test/support/desk.ts";
import { standInBrain } from "../test/support/stand-in-brain.ts";

const PEOPLE = 50;
const TURNS = 20;
const STARTS = 3;

/** Turns in Teams, from a signed activity to the answer at the connector; and what a start costs with Teams and without. */
export async function teamsBench(): Promise<void> {
  await turns();
  const [without, withTeams] = [[], []] as [Start[], Start[]];
  for (let i = 0; i < STARTS; i += 1) {
    without.push(await start({}));
    withTeams.push(await start({ TEAMS_ANONYMOUS: "1", TEAMS_OPERATOR: "jcom" }));
  }
  for (const [name, all] of [
    ["start without Teams", without],
    ["start with Teams", withTeams],
  ] as const) {
    const middle = (of: (one: Start) => number) => all.map(of).sort((a, b) => a - b)[all.length >> 1] ?? 0;
    console.log(`${name.padEnd(20)} ready in ${middle((s) => s.ms)} ms, ${middle((s) => s.mb)} MB`);
  }
}

async function turns(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-bench-"));
  const service = await BotService.open();
  const env = { ...service.env(), LOG_LEVEL: "error" };
  const desk = await openDesk({ dataDir: folder, env, brain: standInBrain() });
  try {
    const people = Array.from({ length: PEOPLE }, () => new Person(service, desk.url));
    await Promise.all(people.map((person) => person.say("warm").then(() => person.hears(2, 60_000))));
    const took: number[] = [];
    const began = performance.now();
    await Promise.all(
      people.map(async (person) => {
        for (let turn = 1; turn <= TURNS; turn += 1) {
          const from = performance.now();
          await person.say(`録音 ${turn}`);
          await person.hears(2 + turn, 60_000);
          took.push(performance.now() - from);
        }
      }),
    );
    const seconds = (performance.now() - began) / 1_000;
    took.sort((a, b) => a - b);
    const at = (share: number) => Math.round(took[Math.floor(took.length * share)] ?? 0);
    const rate = Math.round(took.length / seconds);
    console.log(
      `Teams, a brain that echoes, ${PEOPLE} people: ${rate} turns/s  p50 ${at(0.5)} ms  p95 ${at(0.95)} ms`,
    );
  } finally {
    await desk.stop();
    await service.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Start {
  ms: number;
  mb: number;
}

/** The whole desk as a process of its own, until it is ready, and two seconds on. */
async function start(env: Record<string, string>): Promise<Start> {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-bench-"));
  const port = String(await freePort());
  const began = performance.now();
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, "../src/main.ts")], {
    env: { PATH: process.env.PATH ?? "", PORT: port, DATA_DIR: folder, LOG_LEVEL: "silent", ...env },
    stdio: "ignore",
  });
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
  while (!(await answers()) && child.exitCode === null) await sleep(10);
  const ms = Math.round(performance.now() - began);
  await sleep(2_000);
  const kb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? 0);
  child.kill("SIGTERM");
  await once(child, "exit");
  rmSync(folder, { recursive: true, force: true });
  return { ms, mb: Math.round(kb / 1_024) };
}
