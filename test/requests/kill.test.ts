import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { createStores } from "../../src/storage/store.ts";
import { openDesk } from "../support/desk.ts";
import { fileAll, request } from "../support/filing.ts";
import { measure, random, SEED } from "../support/long.ts";
import { start } from "../support/process.ts";
import { tempFolder } from "../support/temp.ts";
import { until } from "../support/until.ts";

const KILLS = measure(1, 100);

it(`R01: two processes of staff, killed ${KILLS} times: no promised step is lost, none stands without its row of the audit`, async () => {
  const next = random();
  console.log("seed", SEED);
  let [promised, atWork] = [0, 0];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const [folder, key] = [tempFolder(), randomBytes(32)];
    const path = join(folder, "desk.db");
    const before = await createStores(openSqlite(path), key);
    await fileAll(
      before,
      "jcom",
      Array.from({ length: 40 }, (_, n) => request(`R${n}`)),
    );
    await before.close();
    const staff = ["one", "two"].map((WHO) =>
      start("test/support/working.ts", { FOLDER: folder, KEY: key.toString("base64"), WHO }),
    );
    await until(() => staff.every((each) => each.output().includes("begun")), 20_000, "staff begins");
    // Once at least a step is promised, however slow the machine is.
    const stepped = () => staff.some((each) => /^R\d+ \d+$/m.test(each.output()));
    if (kill === 0) await until(stepped, 20_000, "a step");
    await sleep(next() * 150);
    await Promise.all(staff.map((each) => each.end("SIGKILL")));
    const told = staff.map((each) => each.output());
    if (!told.every((text) => text.includes("ended"))) atWork += 1;

    const after = await createStores(openSqlite(path), key);
    for (const line of told.join("").matchAll(/^(R\d+) (\d+)$/gm)) {
      promised += 1;
      expect((await after.docket.show("jcom", line[1] ?? ""))?.version).toBeGreaterThanOrEqual(
        Number(line[2]),
      );
    }
    // What is stored is what the events say, of every request, and each step has its row.
    const { requests } = await after.docket.list({ operator: "jcom" }, 500);
    let steps = 0;
    for (const { receipt, version } of requests) {
      expect((await after.docket.show("jcom", receipt))?.events).toHaveLength(version);
      steps += version - 1;
    }
    const db = new DatabaseSync(path);
    expect(db.prepare("select count(*) as n from audit").get()?.n).toBe(steps);
    expect(db.prepare("pragma integrity_check").get()).toEqual({ integrity_check: "ok" });
    db.close();
    await after.close();
  }
  console.log(`${promised} steps promised, ${atWork} of ${KILLS} killed at work`);
  expect(promised).toBeGreaterThan(0);
}, 600_000);

it("R18: a desk that opens says at once what has fallen due while it was closed, and another one no second time", async () => {
  const dataDir = tempFolder();
  const NOW = Date.parse("2026-12-02T09:00:00+09:00");
  const clock = { now: () => NOW + performance.now() };
  const first = await openDesk({ dataDir, clock });
  const { dataKey } = first.config;
  await first.stop();
  const store = await createStores(openSqlite(join(dataDir, "madoguchi.db")), dataKey);
  await fileAll(store, "jcom", [request("R1"), request("R2", { targetOn: "2026-12-03" })]);
  const kinds = async (receipt: string) =>
    (await store.docket.show("jcom", receipt))?.events.map(({ kind }) => kind).slice(1);
  const began = performance.now();
  const desks = [await openDesk({ dataDir, clock }), await openDesk({ dataDir, clock })];
  await until(async () => (await kinds("R1"))?.length === 1 && (await kinds("R2"))?.length === 1);
  expect(performance.now() - began).toBeLessThan(60_000);
  for (const desk of desks) await desk.stop();
  expect([await kinds("R1"), await kinds("R2")]).toEqual([["overdue"], ["due-soon"]]);
  const lines = desks.flatMap((desk) => desk.lines).filter((line) => line.includes("requests.due"));
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).not.toMatch(/R1|R2/);
  await store.close();
});
