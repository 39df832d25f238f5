import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { productionEnv } from "../support/desk.ts";
import { measure, random, SEED } from "../support/long.ts";
import { cutPower, powerShim } from "../support/power.ts";
import { serve } from "../support/process.ts";
import { talkers } from "../support/talkers.ts";
import { DISK, sharedFolder, tempFolder } from "../support/temp.ts";
import { until } from "../support/until.ts";

const CUTS = measure(1, 100);
const shared = sharedFolder(DISK);
const shim = powerShim(shared.path);

/** Cuts the power so many times under load; everything that the customers then have to complain about. */
async function cuts(
  count: number,
  next: () => number,
  more: Record<string, string> = {},
  waitMs?: number,
): Promise<{ complaints: string[]; total: number; undone: number }> {
  const folder = tempFolder(DISK);
  const log = join(folder, "unsynced");
  const database = join(folder, "madoguchi.db");
  const plain: Record<string, string> = { ...(await productionEnv(folder)), LOG_LEVEL: "warn" };
  const env = { ...plain, LD_PRELOAD: shim ?? "", POWER_LOG: log, ...more };
  let desk = await serve(env);
  const crowd = await talkers(desk.url, 10);
  let undone = 0;
  for (let cut = 0; cut < count; cut += 1) {
    await sleep(100 + next() * 300);
    await desk.end("SIGKILL");
    // Every second time all of them; in the short run the seed says which time it is.
    const some = (count > 1 ? cut % 2 : next()) >= 0.5;
    undone += cutPower(database, log, () => !some || next() < 0.5);
    desk = await serve(env);
  }
  // Enough was said, however slow the machine is.
  if (waitMs === undefined) await until(() => crowd.acknowledged() > 20, 30_000, "a crowd that was heard");
  const total = await crowd.stop();
  const complaints = await crowd.complaints(waitMs);
  await desk.end("SIGTERM");
  const db = new DatabaseSync(database);
  if (db.prepare("pragma integrity_check").get()?.integrity_check !== "ok") complaints.push("corrupt");
  db.close();
  return { complaints, total, undone };
}

it.skipIf(!shim)(
  `R02: the power is cut ${CUTS} times: what was not synced is gone, what was acknowledged is not`,
  async () => {
    console.info(`seed ${SEED}`);
    const { complaints, total, undone } = await cuts(CUTS, random());
    console.info(`${CUTS} cuts, ${undone} writes undone, ${total} acknowledged messages`);
    expect(complaints).toEqual([]);
    expect(total).toBeGreaterThan(20);
  },
  1_200_000,
);

it.skipIf(!shim)(
  "R02, control: when syncing is a lie, the same check finds the loss",
  async () => {
    const lost = await cuts(1, () => 0, { POWER_NOSYNC: "1" }, 500).then(
      ({ complaints }) => complaints.length > 0,
      () => true,
    );
    expect(lost).toBe(true);
    shared.remove();
  },
  120_000,
);
