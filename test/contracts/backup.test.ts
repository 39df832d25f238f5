import { randomBytes } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it, onTestFinished } from "vitest";
import { noLog } from "../../src/ports.ts";
import { backUp, clearLeftovers, restore } from "../../src/storage/backup.ts";
import { createOwnData } from "../../src/storage/own-data.ts";
import { FileBroken } from "../../src/storage/sealed-file.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { createStores } from "../../src/storage/store.ts";
import { addErasures, folderWitness } from "../../src/storage/witness.ts";
import { productionEnv } from "../support/desk.ts";
import { bytesIn } from "../support/files.ts";
import { measure, random, SEED } from "../support/long.ts";
import { times } from "../support/many.ts";
import { run } from "../support/process.ts";
import { cause, openRecords, type Records, T0, tell } from "../support/records.ts";
import { tempFolder } from "../support/temp.ts";
import { file } from "./register.contract.ts";

const told = cause({ reason: "daily" });

async function backedUp(records: Records, name = "backup"): Promise<string> {
  const path = join(tempFolder(), name);
  await backUp(records, records.key, { dataDir: records.folder, file: path }, told);
  return path;
}

function restored(path: string, key: Uint8Array, dataDir: string) {
  const outside = { witness: folderWitness(dataDir), log: noLog };
  return restore(openSqlite, key, { dataDir, file: path }, outside, told);
}

const sorted = (rows: object[]) => rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** Every row of every table but of those that a restore itself adds to. */
function rowsOf(path: string): Record<string, unknown[]> {
  const db = new DatabaseSync(path, { readOnly: true });
  const tables = db.prepare("select name from sqlite_master where type = 'table' order by name").all();
  const own = ["audit", "meta", "proof", "sqlite_sequence"];
  const all = tables
    .map(({ name }) => String(name))
    .filter((name) => !own.includes(name))
    .map((name) => [name, sorted(db.prepare(`select * from ${name}`).all())] as const);
  db.close();
  return Object.fromEntries(all);
}

it("P18: a drill: every row is back, under the same key, and nothing of it stands readable in the backup", async () => {
  const records = await openRecords();
  for (const n of times(20))
    await tell(records.store, { conversation: `c${n}`, words: `planted ${n}`, changes: [file(`R${n}`)] });
  const path = await backedUp(records);
  const bytes = readFileSync(path);
  for (const word of ["planted", "SQLite format", "conversation", "jcom"])
    expect(bytes.includes(word)).toBe(false);
  expect(statSync(path).mode & 0o077).toBe(0);
  expect(readdirSync(records.folder).filter((name) => name.includes("tmp"))).toEqual([]);
  const dataDir = join(tempFolder(), "new");
  expect(await restored(path, records.key, dataDir)).toEqual({ chats: 0, requests: 0 });
  await records.close();
  expect(rowsOf(join(dataDir, "madoguchi.db"))).toEqual(rowsOf(records.path));
  const back = await openRecords({ folder: dataDir, key: records.key });
  expect(await back.store.conversations.find("c7")).toMatchObject({ customer: "dl_c7" });
  expect(await back.audit.verify()).toMatchObject({ ok: true, head: { seq: 2 } });
  await tell(back.store, { conversation: "c7", words: "goes on" });
});

it("R22: a backup under load holds everything that was acknowledged before it began, and nothing out of order", async () => {
  const records = await openRecords();
  let [ended, acknowledged] = [false, 0];
  const writing = (async () => {
    for (let n = 0; !ended; n += 1) {
      await tell(records.store, {
        conversation: `c${n % 5}`,
        words: `${n}`,
        changes: [file(`R${n}`, { form: n })],
      });
      acknowledged = n + 1;
    }
  })();
  onTestFinished(() => {
    ended = true;
  });
  while (acknowledged < 20) await new Promise((resolve) => setTimeout(resolve, 5));
  const before = acknowledged;
  // By the command, so that the desk goes on meanwhile.
  const path = join(tempFolder(), "backup");
  const settings = await productionEnv(records.folder);
  const env = { ...settings, DATA_KEY: Buffer.from(records.key).toString("base64"), LOG_LEVEL: "silent" };
  const by = ["--actor", "hana", "--reason", "daily"];
  expect(await run("src/commands/backup.ts", ["create", path, ...by], env)).toMatchObject({
    code: 0,
    err: "",
  });
  expect(acknowledged).toBeGreaterThan(before);
  ended = true;
  await writing;
  const dataDir = join(tempFolder(), "new");
  await restored(path, records.key, dataDir);
  const db = new DatabaseSync(join(dataDir, "madoguchi.db"));
  const ids = db.prepare("select form from request order by id").all();
  expect(ids.map(({ form }) => form)).toEqual(times(ids.length));
  expect(ids.length).toBeGreaterThanOrEqual(before);
  const lines = db.prepare("select count(*) as n from activity").get();
  // A message may have been recorded whose turn had not run yet.
  expect([0, 1]).toContain(Number(lines?.n) - ids.length * 2);
  expect(db.prepare("pragma integrity_check").get()).toEqual({ integrity_check: "ok" });
  db.close();
});

it("P18: what was erased or purged after the backup stays erased, as long as the list of it was kept", async () => {
  const records = await openRecords();
  for (const n of times(6))
    await tell(records.store, {
      conversation: `c${n}`,
      words: `words ${n}`,
      changes: [file(`R${n}`, { person: `p${n}` })],
    });
  const sealed = (conversation: string) => {
    const db = new DatabaseSync(records.path, { readOnly: true });
    const body = db.prepare("select body from activity where conversation_id = ?").get(conversation)?.body;
    db.close();
    return Buffer.from(body as Uint8Array);
  };
  const gone = [sealed("c1"), sealed("c2")];
  const path = await backedUp(records);
  await records.store.conversations.erase("c1", T0);
  const ownData = createOwnData(records, records.witness);
  const scope = await ownData.find("jcom", { by: "receipt", receipt: "R2" });
  if (!scope || scope === "several") throw new Error("not found");
  await ownData.erase(scope, cause());
  await records.store.conversations.purge("jcom", 0, T0);
  const erasures = readFileSync(join(records.folder, "erasures"), "utf8");
  expect(erasures).not.toMatch(/ (?:c1|c2|R2)$/m);
  const dataDir = join(tempFolder(), "new");
  addErasures(dataDir, erasures);
  expect(await restored(path, records.key, dataDir)).toEqual({ chats: 2, requests: 1 });
  const bytes = bytesIn(dataDir);
  for (const body of gone) expect(bytes.includes(body)).toBe(false);
  const back = await openRecords({ folder: dataDir, key: records.key });
  for (const n of times(6)) {
    const chat = await back.store.conversations.find(`c${n}`);
    expect(chat === undefined).toBe(n === 1 || n === 2);
  }
  expect(await back.store.conversations.purgedOn()).toBeUndefined();
  expect(await back.audit.verify()).toMatchObject({ ok: true });
});

it("R23, P18: a backup that is torn, changed or of another key says so and leaves no database", async () => {
  console.info(`seed ${SEED}`);
  const next = random();
  const records = await openRecords();
  for (const n of times(5)) await tell(records.store, { conversation: `c${n}`, words: "x".repeat(400_000) });
  const path = await backedUp(records);
  const whole = readFileSync(path);
  expect(whole.length).toBeGreaterThan(2_097_152);
  const dataDir = join(tempFolder(), "new");
  const attempt = async (bytes: Uint8Array, key = records.key) => {
    writeFileSync(`${path}.x`, bytes);
    const error = await restored(`${path}.x`, key, dataDir).then(
      () => undefined,
      (e: Error) => e,
    );
    expect(error).toBeInstanceOf(FileBroken);
    expect(readdirSync(dataDir)).toEqual([]);
    return error?.message;
  };
  for (const size of [0, 30, 60, 1_000_000, 1_048_649, whole.length - 1])
    await attempt(whole.subarray(0, size));
  expect(await attempt(whole.subarray(0, 1_000_000))).toContain("ends early");
  expect(await attempt(whole, randomBytes(32))).toContain("DATA_KEY is not the key");
  expect(await attempt(Buffer.concat([whole, Buffer.of(0)]))).toContain("goes on after its end");
  for (let n = 0; n < measure(6, 200); n += 1) {
    const changed = Buffer.from(whole);
    const at = 16 + Math.floor(next() * (whole.length - 16));
    changed[at] = (changed[at] ?? 0) ^ (1 + Math.floor(next() * 255));
    await attempt(changed);
  }
  await restored(path, records.key, dataDir);
  await expect(restored(path, records.key, dataDir)).rejects.toThrow("nothing is written over");
  await expect(backUp(records, records.key, { dataDir, file: path }, told)).rejects.toThrow("already");
});

it("R23: where a database was, none is begun anew, and damage is named at the start or the read", async () => {
  const records = await openRecords();
  for (const n of times(30)) await tell(records.store, { conversation: `c${n}`, words: `words ${n}` });
  await records.store.compact();
  await records.close();
  const copy = (change: (path: string) => void) => {
    const folder = join(tempFolder(), "damaged");
    cpSync(records.folder, folder, { recursive: true });
    const path = join(folder, "madoguchi.db");
    change(path);
    return path;
  };
  const opening = async (path: string) => createStores(openSqlite(path), records.key);
  await expect(opening(copy((path) => truncateSync(path, 0)))).rejects.toThrow("empty");
  await expect(
    opening(copy((path) => writeFileSync(path, "not a database, but long enough to be one".repeat(200)))),
  ).rejects.toThrow("damaged");
  const gone = copy((path) => {
    renameSync(path, `${path}.moved`);
    writeFileSync(`${path}-wal`, "");
  });
  await expect(opening(gone)).rejects.toThrow("gone");
  expect(existsSync(gone)).toBe(false);
  // Every page but the first in turn: told at the start, or by the read, or whole all the same (a free page).
  const size = statSync(records.path).size;
  let named = 0;
  for (let page = 1; page < size / 4_096; page += measure(4, 1)) {
    const path = copy((p) => {
      const bytes = readFileSync(p);
      bytes.fill(0xa5, page * 4_096, (page + 1) * 4_096);
      writeFileSync(p, bytes);
    });
    const store = await opening(path).catch((error: Error) => {
      expect(error.message).toMatch(/damaged|malformed|does not open/);
      named += 1;
      return undefined;
    });
    if (!store) continue;
    const missing: unknown[] = [];
    for (const n of times(30))
      await store.conversations
        .find(`c${n}`)
        .then(
          async (chat) => {
            const lines = chat ? await store.transcript.after(chat, 0, 9) : [];
            if (lines.length !== 2) throw new Error("silently empty");
          },
          (error: unknown) => missing.push(error),
        )
        .catch((error: unknown) => missing.push(error));
    await store.close().catch(() => {});
    if (missing.length > 0) named += 1;
    expect(
      missing.filter((error) => error instanceof Error && error.message === "silently empty").length,
    ).toBe(0);
  }
  expect(named).toBeGreaterThan(measure(0, 3));
});

it("P18: what the witness cannot be told is not erased", async () => {
  const records = await openRecords();
  await tell(records.store, { conversation: "c1", words: "x" });
  mkdirSync(join(records.folder, "erasures"));
  await expect(records.store.conversations.erase("c1", T0)).rejects.toThrow("store unavailable");
  expect(await records.store.conversations.find("c1")).toBeDefined();
  rmSync(join(records.folder, "erasures"), { recursive: true });
  // A head that cannot be kept undoes nothing, and is kept with the next row.
  mkdirSync(join(records.folder, `audit-head.${process.pid}`));
  expect(await records.store.conversations.erase("c1", T0)).toBe("erased");
  rmSync(join(records.folder, `audit-head.${process.pid}`), { recursive: true });
  expect(await records.audit.verify()).toMatchObject({ why: "head" });
  await records.audit.record({ ...told, operator: "", what: "list", subject: null });
  expect(await records.audit.verify()).toMatchObject({ ok: true, head: { seq: 2 } });
});

it("a copy that a killed backup has left is cleared away", async () => {
  const folder = tempFolder();
  writeFileSync(join(folder, "backup-1.tmp"), "x");
  clearLeftovers(folder, Date.now());
  expect(readdirSync(folder)).toEqual(["backup-1.tmp"]);
  clearLeftovers(folder, Date.now() + 7_200_000);
  expect(readdirSync(folder)).toEqual([]);
});
