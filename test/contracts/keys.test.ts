import { randomBytes } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { migrations } from "../../src/storage/migrations.ts";
import { openDatabase } from "../../src/storage/opened.ts";
import { rotate } from "../../src/storage/rotation.ts";
import { Rows } from "../../src/storage/rows.ts";
import { Seal, SealBroken } from "../../src/storage/seal.ts";
import { SEALED } from "../../src/storage/sealed.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { createStores } from "../../src/storage/store.ts";
import { StoreUnavailable } from "../../src/turn/store.ts";
import { bytesIn } from "../support/files.ts";
import { measure, random, SEED } from "../support/long.ts";
import { start } from "../support/process.ts";
import { DAY_MS, entry, openRecords, type Records, T0, tell } from "../support/records.ts";
import { until } from "../support/until.ts";
import { byCode, byNumber, file } from "./register.contract.ts";

const CLAIM = { by: "two", leaseMs: 1_000 };
const pace = { settled: () => sleep(40), pause: () => Promise.resolve() };
const told = { ...entry(), operator: "" };
const draft = { form: "deletion" as const, answers: { name: "山田太郎" }, asking: "address" };

/** A value in every sealed column, and hashes of every kind. */
async function fill(records: Records, chats: number): Promise<void> {
  for (let n = 0; n < chats; n += 1) {
    const conversation = `c${n}`;
    const save = { do: "save" as const, code: `D${n}`, until: T0 + 7 * DAY_MS, draft };
    await tell(records.store, { conversation, words: `words ${n}`, changes: [file(`R${n}`), save] });
    const found = await records.store.conversations.find(conversation);
    if (!found) throw new Error("no chat");
    const [line] = await records.store.transcript.after(found, 0, 1);
    await records.store.feedbacks.put(
      found,
      { activityId: line?.id ?? "", rating: "up", reason: "fine" },
      T0,
    );
    await records.store.sessions.begin(conversation, `resume-${n}`, T0 + DAY_MS);
    await records.audit.record(entry({ subject: `c${n}` }));
  }
  const arrival = { kind: "message" as const, incoming: { text: "waits" }, activity: null, digest: "d" };
  const at = { conversation: "c0", channel: "web", eventId: "waiting" };
  await records.store.inbox.receive({ ...arrival, ...at }, T0, { by: "gone", leaseMs: 1 });
}

/** Everything that was told can be read, and what is found by a keyed hash is found. */
async function reads(records: Records, chats: number, from = 0): Promise<void> {
  const at = { operator: "jcom", conversation: "c0", customer: "dl_c0", channel: "web", arrival: 1 };
  for (let n = from; n < chats; n += 1) {
    const found = await records.store.conversations.find(`c${n}`);
    if (!found) throw new Error("no chat");
    expect(found.customer).toBe(`dl_c${n}`);
    const [line] = await records.store.transcript.after(found, 0, 1);
    expect(line?.content).toMatchObject({ incoming: { text: `words ${n}` } });
    expect(await records.store.feedbacks.all(found)).toMatchObject([{ reason: "fine" }]);
    expect(await records.store.register.look({ ...at, arrival: n }, byNumber(`R${n}`), T0)).toMatchObject({
      request: { receipt: `R${n}` },
    });
  }
}

const countOf = (bytes: Buffer, part: Uint8Array) =>
  bytes.toString("latin1").split(Buffer.from(part).toString("latin1")).length - 1;

it("P04: every sealed column is known to the change of keys", async () => {
  const { path } = await openRecords();
  const db = new DatabaseSync(path, { readOnly: true });
  const blobs = db
    .prepare(
      `select m.name as t, c.name as c from sqlite_master m join pragma_table_info(m.name) c
       where m.type = 'table' and lower(c.type) = 'blob'`,
    )
    .all()
    .map(({ t, c }) => `${String(t)}.${String(c)}`);
  db.close();
  const none = ["sealed_check.body"];
  expect(blobs.filter((column) => !none.includes(column)).sort()).toEqual(
    SEALED.map(({ table, column }) => `${table}.${column}`).sort(),
  );
});

it("P04: a key is changed, nothing of the old one is left in the files, and everything is found as before", async () => {
  const records = await openRecords();
  const [old, next, chats] = [records.key, randomBytes(32), 3];
  await fill(records, chats);
  const heads = [old, next].map((key) => Seal.head(Seal.keyId(key)));
  const count = await rotate(records, next, told, pace);
  expect(count).toBeGreaterThan(chats * 7);
  await reads(records, chats);
  const bytes = bytesIn(records.folder);
  expect(heads.map((head) => countOf(bytes, head) > 0)).toEqual([false, true]);
  await records.close();
  await expect(createStores(openSqlite(records.path), old)).rejects.toThrow("DATA_KEY");
  const fresh = await openRecords({ folder: records.folder, key: next });
  await reads(fresh, chats);
  expect(await fresh.store.sessions.resume("jcom", "resume-1", "x", T0 + DAY_MS, T0)).toBeDefined();
  const at = { operator: "jcom", conversation: "c1", customer: "dl_c1", channel: "web", arrival: 9 };
  expect(await fresh.store.register.look(at, byCode("D1"), T0)).toMatchObject({ draft });
  const [job] = await fresh.store.inbox.claimDue(T0 + 10, 1, CLAIM);
  expect(job?.incoming).toEqual({ text: "waits" });
  // The event is known under its hash.
  const arrival = { kind: "message" as const, incoming: { text: "again" }, activity: null, digest: "d" };
  const again = { ...arrival, conversation: "c0", channel: "web", eventId: "waiting" };
  expect(await fresh.store.inbox.receive(again, T0 + 1, CLAIM)).toMatchObject({ kind: "known" });
  expect(await fresh.audit.verify()).toMatchObject({ ok: true, head: { seq: chats + 2 } });
  const third = randomBytes(32);
  await rotate(fresh, third, told, pace);
  await reads(fresh, chats);
  await expect(rotate(fresh, third, told, pace)).rejects.toThrow("in use");
});

const ROWS = measure(25, 12_500);

it(`P04: ${ROWS * 8} values are sealed anew while a desk writes and reads: no error, and what it wrote meanwhile stays`, async () => {
  const records = await openRecords();
  const next = randomBytes(32);
  await fill(records, ROWS);
  let [ended, written, read] = [false, ROWS, 0];
  const desk = (async () => {
    while (!ended) {
      const conversation = `c${written}`;
      await tell(records.store, { conversation, words: `words ${written}`, changes: [file(`R${written}`)] });
      const found = await records.store.conversations.find(conversation);
      if (found)
        await records.store.feedbacks.put(found, { activityId: "x", rating: "up", reason: "fine" }, T0);
      written += 1;
      await reads(records, (read % ROWS) + 1, read % ROWS);
      read += 1;
    }
  })();
  // A process of its own, as the command is.
  const env = { FOLDER: records.folder, OLD: b64(records.key), NEW: b64(next), PAUSE: "2" };
  const rotating = start("test/support/rotate.ts", env);
  await until(() => /ended/.test(rotating.output()), 600_000, `rotated: ${rotating.output()}`);
  await sleep(50);
  ended = true;
  await desk;
  console.info(`P04: ${written - ROWS} chats written and ${read} read meanwhile`);
  expect(written).toBeGreaterThan(ROWS + 3);
  await records.close();
  const fresh = await openRecords({ folder: records.folder, key: next });
  await reads(fresh, written);
  const oldHead = Seal.head(Seal.keyId(records.key));
  await fresh.store.compact();
  expect(countOf(bytesIn(records.folder), oldHead)).toBe(0);
}, 900_000);

const b64 = (key: Uint8Array) => Buffer.from(key).toString("base64");
const KILLS = measure(1, 100);

it(`P04: a change of keys that is killed, ${KILLS} times, goes on when it is called again; the old key opens until the end`, async () => {
  console.info(`seed ${SEED}`);
  const random01 = random();
  let records = await openRecords();
  await fill(records, 40);
  let key = records.key;
  let interrupted = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    await records.close();
    const next = randomBytes(32);
    const env = { FOLDER: records.folder, OLD: b64(key), NEW: b64(next), PAUSE: "8" };
    const rotating = start("test/support/rotate.ts", env);
    await until(() => rotating.output().includes("begun"), 15_000, "the change begins");
    await sleep(random01() * 160);
    await rotating.end("SIGKILL");
    const done = await createStores(openSqlite(records.path), next).catch(() => undefined);
    await done?.close();
    records = await openRecords({ folder: records.folder, key: done ? next : key });
    await reads(records, 40);
    if (!done) {
      interrupted += 1;
      if (records.ours.nextKey() !== undefined)
        await expect(rotate(records, randomBytes(32), told, pace)).rejects.toThrow("not finished");
      await rotate(records, next, told, pace);
      await reads(records, 40);
    }
    key = next;
    await records.close();
    records = await openRecords({ folder: records.folder, key });
    expect(await records.audit.verify()).toMatchObject({ ok: true });
  }
  console.info(`${KILLS} kills, ${interrupted} before the end`);
}, 600_000);

it("P04: a process that was asleep over a whole change of keys writes nothing under the old one", async () => {
  const records = await openRecords();
  await fill(records, 1);
  const unwatched = openSqlite(records.path, { watchMs: 100_000_000 });
  const asleep = await openDatabase(unwatched, new Seal(records.key), records);
  const rows = new Rows(new Seal(records.key));
  const place = { column: "check", operator: "", row: "x" } as const;
  const atOnce = { ...pace, settled: () => Promise.resolve() };
  for (const _ of [1, 2]) await rotate(records, randomBytes(32), told, atOnce);
  const write = asleep.ours.writer.write(async () => asleep.rows.seal.seal(place, "x"));
  await expect(write).rejects.toThrow(StoreUnavailable);
  expect(() => rows.seal.open(place, records.rows.seal.seal(place, "x"))).toThrow(SealBroken);
  await asleep.ours.close();
});

it("a database of the time before keeps its hashes", async () => {
  const records = await openRecords();
  const { path, key } = records;
  await records.close();
  const before = openSqlite(`${path}.old`);
  const seal = new Seal(key);
  await before.writer.write(async (tx) => {
    for (const migration of migrations.filter((m) => m.name < "0004")) {
      const { name } = migration;
      await migration.up(tx);
      await tx.schema.createTable("migration").ifNotExists().addColumn("name", "text").execute();
      await tx
        .insertInto("migration" as "meta")
        .values({ name } as never)
        .execute();
    }
    const check = seal.seal({ column: "check", operator: "", row: "1" }, "madoguchi");
    await tx.insertInto("sealed_check").values({ id: 1, body: check }).execute();
    await tx
      .insertInto("session")
      .values({ conversation_id: "c1", resume: seal.hash("resume", "planted"), until: T0 + 1, generation: 0 })
      .execute();
  });
  const store = await createStores(before, key);
  await store.conversations.create({ id: "c1", channel: "web", operator: "jcom", customer: "dl" }, T0);
  expect(await store.sessions.resume("jcom", "planted", "x", T0 + 9, T0)).toBeDefined();
  await store.close();
});
