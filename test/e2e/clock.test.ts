import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { Chat } from "../support/client.ts";
import { productionEnv } from "../support/desk.ts";
import { measure, random, SEED } from "../support/long.ts";
import { times } from "../support/many.ts";
import { serve } from "../support/process.ts";
import { openRecords } from "../support/records.ts";
import { talkers } from "../support/talkers.ts";
import { tempFolder } from "../support/temp.ts";

const [HOUR, DAY] = [3_600_000, 86_400_000];
const ROUNDS = measure(1, 20);

it(`R17: the clock jumps under load, ${ROUNDS} times there and back, far from Japan: nothing is lost, doubled, deleted early or left waiting, ids stay unique`, async () => {
  console.info(`seed ${SEED}`);
  const next = random();
  const folder = tempFolder();
  const file = join(folder, "clock");
  /** At once: the desk never reads half of it. */
  const wrongBy = (ms: number) => {
    writeFileSync(`${file}.new`, String(ms));
    renameSync(`${file}.new`, file);
  };
  wrongBy(0);
  const plain: Record<string, string> = { ...(await productionEnv(folder)), LOG_LEVEL: "warn" };
  const env: Record<string, string> = { ...plain, CLOCK_FILE: file, TZ: "America/Los_Angeles" };
  // Silent for almost as long as chats are kept: a day too early would be seen.
  const records = await openRecords({ folder, key: Buffer.from(env.DATA_KEY ?? "", "base64") });
  const almost = Date.now() - 90 * DAY + 40 * 60_000;
  const old = { channel: "web", operator: "jcom", customer: "dl_x" };
  for (const n of times(3)) await records.store.conversations.create({ id: `old-${n}`, ...old }, almost);
  const desk = await serve(env);
  const crowd = await talkers(desk.url, 6);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const jump of [HOUR, -HOUR, DAY, -DAY, Date.parse("2038-01-20T00:00:00Z") - Date.now()]) {
      wrongBy(jump);
      await sleep(100 + next() * 200);
      wrongBy(0);
      await sleep(100 + next() * 100);
    }
  const total = await crowd.stop();
  expect(await crowd.complaints()).toEqual([]);
  const later = await Chat.open(desk.url);
  await later.say("after it all");
  expect((await later.replies(2)).at(-1)).toBe("#1 after it all");
  for (const n of times(3)) expect(await records.store.conversations.find(`old-${n}`)).toBeDefined();
  await records.close();
  await desk.end("SIGTERM");
  const db = new DatabaseSync(join(folder, "madoguchi.db"));
  const one = (query: string) => Object.values(db.prepare(query).get() ?? {})[0];
  expect(one("select count(*) - count(distinct id) from activity")).toBe(0);
  expect(one("select count(*) from proof where conversations > 0")).toBe(0);
  expect(one("select count(*) from inbox where state <> 'done'")).toBe(0);
  db.close();
  console.info(`R17: ${ROUNDS * 5} jumps, ${total} acknowledged messages`);
  expect(total).toBeGreaterThan(20);
}, 300_000);
