import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { createStores } from "../../src/storage/store.ts";
import type { Arrival } from "../../src/turn/store.ts";
import { tempFolder } from "../support/temp.ts";
import { patience } from "../support/took.ts";

const T0 = 1_800_000_000_000;
const claim = { by: "one", leaseMs: 1_000 };
const conversation = { id: "c1", channel: "direct-line", operator: "jcom", customer: "dl_x" };

function arrival(n: number, text = "x"): Arrival {
  const activity = { id: `a${n}`, platform: { text } };
  return {
    conversation: "c1",
    channel: "direct-line",
    eventId: `${n}`,
    digest: "",
    kind: "message",
    incoming: { text },
    activity,
  };
}

it("R05: a full disk is told at once, loses nothing that was said to be kept, and passes by itself", async () => {
  const path = join(tempFolder(), "desk.db");
  const store = await createStores(openSqlite(path, { maxPages: 160 }), randomBytes(32));
  await store.conversations.create(conversation, T0);
  let kept = 0;
  const big = "あ".repeat(2_000);
  for (let n = 0; n < 100; n += 1) {
    const began = performance.now();
    const done = await store.inbox.receive(arrival(n, big), T0, claim).catch((error: unknown) => error);
    if (done instanceof Error) {
      expect(done).toMatchObject({ reason: "full" });
      const took = performance.now() - began;
      expect(took).toBeLessThan(patience(1_000, took));
      break;
    }
    kept += 1;
  }
  expect(kept).toBeGreaterThan(1);
  expect(kept).toBeLessThan(100);
  expect(await store.transcript.after(conversation, 0, 1_000)).toHaveLength(kept);
  const db = new DatabaseSync(path);
  db.exec("delete from inbox where id < 3");
  expect(db.prepare("pragma integrity_check").get()).toEqual({ integrity_check: "ok" });
  db.close();
  await store.conversations.erase("c1", T0);
  await store.conversations.create(conversation, T0);
  expect(await store.inbox.receive(arrival(1_000, big), T0, claim)).toMatchObject({ kind: "recorded" });
  await store.close();
});

it("R07: a locked database is waited for, but not for ever, and reading goes on", async () => {
  const path = join(tempFolder(), "desk.db");
  const store = await createStores(openSqlite(path), randomBytes(32));
  await store.conversations.create(conversation, T0);
  const holder = new DatabaseSync(path);
  holder.exec("begin immediate");
  const short = store.inbox.receive(arrival(1), T0, claim);
  await sleep(200);
  expect(await store.conversations.find("c1")).toEqual(conversation);
  holder.exec("rollback");
  expect(await short).toMatchObject({ kind: "recorded" });

  holder.exec("begin immediate");
  const began = performance.now();
  await expect(store.inbox.receive(arrival(2), T0, claim)).rejects.toMatchObject({ reason: "locked" });
  const took = performance.now() - began;
  expect(took).toBeLessThan(patience(5_500, took));
  expect(await store.transcript.after(conversation, 0, 10)).toHaveLength(1);
  holder.exec("rollback");
  expect(await store.inbox.receive(arrival(2), T0, claim)).toMatchObject({ kind: "recorded" });
  holder.close();
  await store.close();
});

it("one operation that fails is undone alone; its neighbours in the same commit stay", async () => {
  const database = openSqlite(join(tempFolder(), "desk.db"));
  const store = await createStores(database, randomBytes(32));
  await store.conversations.create(conversation, T0);
  const bad = database.writer.write(async (tx) => {
    await tx.insertInto("meta").values({ name: "half", value: "" }).execute();
    throw new Error("bug");
  });
  const good = [1, 2].map((n) => store.inbox.receive(arrival(n), T0, claim));
  await expect(bad).rejects.toThrow("bug");
  await Promise.all(good);
  expect(await store.transcript.after(conversation, 0, 10)).toHaveLength(2);
  expect(await database.reader.selectFrom("meta").selectAll().where("name", "=", "half").execute()).toEqual(
    [],
  );
  await store.close();
});

it("a long reader makes the WAL grow, and it comes back when the reader ends", async () => {
  const path = join(tempFolder(), "desk.db");
  const store = await createStores(openSqlite(path), randomBytes(32));
  await store.conversations.create(conversation, T0);
  const reader = new DatabaseSync(path);
  reader.exec("begin");
  reader.prepare("select count(*) from activity").get();
  for (let n = 0; n < 300; n += 1) await store.inbox.receive(arrival(n, "あ".repeat(1_000)), T0, claim);
  const grown = statSync(`${path}-wal`).size;
  reader.exec("commit");
  reader.close();
  await store.compact();
  expect(grown).toBeGreaterThan(1_000_000);
  expect(statSync(`${path}-wal`).size).toBe(0);
  await store.close();
});
