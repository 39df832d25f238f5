import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { Chat, call } from "../support/client.ts";
import { productionEnv } from "../support/desk.ts";
import { LONG, measure, random, SEED } from "../support/long.ts";
import { times } from "../support/many.ts";
import { cutPower, powerShim } from "../support/power.ts";
import { ready, serve, start } from "../support/process.ts";
import { ROOT } from "../support/repository.ts";
import { talkers } from "../support/talkers.ts";
import { sharedFolder, tempFolder } from "../support/temp.ts";
import { until } from "../support/until.ts";

const ACKS = measure(100, 1_000);
const A_CHAT = 50;
const shared = sharedFolder();
/** Undefined where there is no C compiler: what needs it is told as skipped. */
const shim = powerShim(shared.path);
afterAll(() => shared.remove());

interface Order {
  acknowledged: number;
  /** Acknowledgements that began before a sync of what they promise had returned. */
  early: number;
}

const HEAD = 16;
/** An acknowledged message was written a few transactions ago at most: pages that are looked through. */
const RECENT = 400;

/** Reads what the shim has told, in the order in which it happened. */
function orderIn(log: string): Order {
  const bytes = readFileSync(log);
  const order: Order = { acknowledged: 0, early: 0 };
  let [unsynced, synced]: [Buffer[], Buffer[]] = [[], []];
  for (let at = 0; at + HEAD <= bytes.length; ) {
    const type = String.fromCharCode(Number(bytes.readBigInt64LE(at)));
    const end = at + HEAD + Number(bytes.readBigInt64LE(at + 8));
    const body = bytes.subarray(at + HEAD, end);
    at = end;
    if (type === "W") unsynced.push(body);
    if (type === "S") [synced, unsynced] = [[...synced, ...unsynced].slice(-RECENT), []];
    const [, id] =
      /^HTTP\/1\.1 200 [\s\S]*\r\n\r\n\{"id":"([^"]+)"\}$/.exec(type === "A" ? body.toString() : "") ?? [];
    if (id === undefined) continue;
    order.acknowledged += 1;
    const holds = (page: Buffer) => page.includes(id);
    if (unsynced.some(holds) || !synced.some(holds)) order.early += 1;
  }
  return order;
}

async function orderOf(count: number, nodeArguments: string[] = []): Promise<Order> {
  const folder = tempFolder();
  const log = join(folder, "order");
  const env = { ...(await productionEnv(folder)), LD_PRELOAD: shim ?? "", ORDER_LOG: log, LOG_LEVEL: "warn" };
  const desk = start("test/support/serve.ts", env, nodeArguments);
  await ready(desk);
  await Promise.all(
    times(count / A_CHAT).map(async () => {
      const chat = await Chat.open(desk.url);
      for (const n of times(A_CHAT)) expect((await chat.say(`m${n}`)).status).toBe(200);
    }),
  );
  await desk.end("SIGTERM");
  return orderIn(log);
}

it.skipIf(!shim)(
  `R03: of ${ACKS} acknowledgements none begins before the sync of its message has returned`,
  async () => {
    const order = await orderOf(ACKS);
    console.info(`R03: ${order.acknowledged} acknowledgements, ${order.early} before their sync`);
    expect(order).toEqual({ acknowledged: ACKS, early: 0 });
  },
  300_000,
);

it.skipIf(!shim)(
  "R03, control: with synchronous=NORMAL the same check finds acknowledgements before their sync",
  async () => {
    const order = await orderOf(A_CHAT, ["--import", join(ROOT, "test/support/normal-sync.ts")]);
    expect(order.acknowledged).toBe(A_CHAT);
    expect(order.early).toBeGreaterThan(A_CHAT / 2);
  },
  120_000,
);

const FAULTS = LONG
  ? times(3).flatMap(() => ["sync-once", "sync-ever", "write-once", "write-ever"])
  : ["sync-once"];

it.skipIf(!shim)(
  `R04: a write or a sync that the disk refuses, once or for ever, ${FAULTS.length} times: nobody is told that it was kept, the process ends, nothing that was acknowledged is lost`,
  async () => {
    console.info(`seed ${SEED}`);
    const next = random();
    const folder = tempFolder();
    const [faults, log, database] = [tempFolder(), join(folder, "unsynced"), join(folder, "madoguchi.db")];
    const plain = { ...(await productionEnv(folder)), LOG_LEVEL: "info" };
    const env = { ...plain, LD_PRELOAD: shim ?? "", POWER_LOG: log, FAULT_DIR: faults };
    let desk = await serve(env);
    const crowd = await talkers(desk.url, 5);
    for (const [n, fault] of FAULTS.entries()) {
      const witness = await Chat.open(desk.url);
      await sleep(100 + next() * 200);
      const path = join(faults, fault);
      writeFileSync(path, "");
      // Once it was met, no message is acknowledged until another process has opened the database.
      const seen: number[] = [];
      const posting = (async () => {
        while (desk.child.exitCode === null && desk.child.signalCode === null) {
          const met = desk.output().includes('"store.broken"');
          const answer = await witness.say("x").catch(() => undefined);
          if (met && answer) seen.push(answer.status);
          await sleep(5);
        }
      })();
      await until(() => desk.child.exitCode !== null, 20_000, `the end of the process after ${fault}`);
      await posting;
      expect(desk.child.exitCode).toBe(1);
      expect(desk.output()).toContain('"store.broken"');
      expect(seen.filter((status) => status < 500)).toEqual([]);
      if (fault.endsWith("-ever")) {
        const refused = start("test/support/serve.ts", env);
        await until(() => refused.child.exitCode !== null, 20_000, "a start that cannot write ends");
        expect(refused.child.exitCode).not.toBe(0);
        rmSync(path);
      }
      expect(existsSync(path)).toBe(false);
      // What a failed sync has lost is lost: as by a power cut, every other time.
      if (n % 2 === 0) cutPower(database, log, () => true);
      desk = await serve(env);
    }
    // Enough was said, however slow the machine is.
    await until(() => crowd.acknowledged() > 20, 30_000, "a crowd that was heard");
    const total = await crowd.stop();
    expect(await crowd.complaints()).toEqual([]);
    console.info(`R04: ${FAULTS.length} faults, ${total} acknowledged messages, none lost`);
    expect(total).toBeGreaterThan(20);
    expect((await call(`${desk.url}/readyz`)).status).toBe(200);
    await desk.end("SIGTERM");
  },
  600_000,
);
