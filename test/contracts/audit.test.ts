import { copyFileSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { newReceipt } from "../../src/requests/receipt.ts";
import { measure, random, SEED } from "../support/long.ts";
import { bytesOf } from "../support/receipts.ts";
import { entry, openRecords, type Records, T0 } from "../support/records.ts";
import { tempFolder } from "../support/temp.ts";
import { workSince } from "../support/took.ts";

const HEAD = "audit-head";

/** Rows as somebody edits them who has the file and lacks the key. */
function edit(records: Records, work: (db: DatabaseSync) => void): void {
  const db = new DatabaseSync(records.path);
  work(db);
  db.close();
}

async function filled(rows: number): Promise<Records> {
  const records = await openRecords();
  await Promise.all(
    Array.from({ length: rows }, (_, n) => records.audit.record(entry({ at: T0 + n, reason: `why ${n}` }))),
  );
  return records;
}

it("84: who did what stands in order, no receipt number is readable, and the head is kept outside", async () => {
  const records = await filled(3);
  const receipt = newReceipt(bytesOf(1));
  await records.audit.record(entry({ what: "move", subject: receipt, reason: "planted reason" }));
  const verified = await records.audit.verify();
  expect(verified).toMatchObject({ ok: true, head: { seq: 4 } });
  if (verified.ok) expect(readFileSync(join(records.folder, HEAD), "utf8")).toBe(`4 ${verified.head.hash}\n`);
  const bytes = readFileSync(`${records.path}-wal`);
  for (const word of [receipt, "planted reason", "why 1"]) expect(bytes.includes(word)).toBe(false);
  expect(bytes.includes("hana")).toBe(true);
});

const EDITS = measure(40, 1_000);
const ROWS = 40;

it(`P14: of ${EDITS} random edits, deletions, insertions, swaps and truncations every one is found, at its first row`, async () => {
  console.info(`seed ${SEED}`);
  const next = random();
  const upTo = (n: number) => 1 + Math.floor(next() * n);
  const records = await filled(ROWS);
  await records.close();
  const old = join(tempFolder(), "old");
  cpSync(records.folder, old, { recursive: true });
  const [key, folder] = [records.key, records.folder];
  const columns = ["at", "actor", "role", "operator", "what", "subject", "reason", "hash"];
  const kinds = {
    edit(db: DatabaseSync) {
      const [row, column] = [upTo(ROWS), columns[Math.floor(next() * columns.length)]];
      const value =
        column === "at"
          ? `at + ${upTo(9)}`
          : column === "reason"
            ? "zeroblob(60)"
            : `coalesce(${column}, '') || 'x'`;
      db.exec(`update audit set ${column} = ${value} where seq = ${row}`);
      return row;
    },
    flip(db: DatabaseSync) {
      const row = upTo(ROWS);
      const found = db.prepare("select reason from audit where seq = ?").get(row)?.reason as Uint8Array;
      const at = Math.floor(next() * found.length);
      found[at] = (found[at] ?? 0) ^ (1 << Math.floor(next() * 8));
      db.prepare("update audit set reason = ? where seq = ?").run(found, row);
      return row;
    },
    silence(db: DatabaseSync) {
      const row = upTo(ROWS);
      db.exec(`update audit set reason = null where seq = ${row}`);
      return row;
    },
    remove(db: DatabaseSync) {
      const row = upTo(ROWS);
      db.exec(`delete from audit where seq = ${row}`);
      return row;
    },
    close(db: DatabaseSync) {
      const row = upTo(ROWS);
      db.exec(`delete from audit where seq = ${row}; update audit set seq = seq - 1 where seq > ${row}`);
      return row;
    },
    insert(db: DatabaseSync) {
      const row = upTo(ROWS);
      db.exec(`update audit set seq = -seq where seq >= ${row}; update audit set seq = 1 - seq where seq < 0;
        insert into audit select ${row}, at, actor, role, operator, what, subject, reason, hash from audit where seq = ${row + 1}`);
      return row;
    },
    swap(db: DatabaseSync) {
      const row = upTo(ROWS - 1);
      const other = row + upTo(ROWS - row);
      db.exec(`update audit set seq = -1 where seq = ${row}; update audit set seq = ${row} where seq = ${other};
        update audit set seq = ${other} where seq = -1`);
      return row;
    },
    cut(db: DatabaseSync) {
      const row = upTo(ROWS);
      db.exec(`delete from audit where seq >= ${row}`);
      return row;
    },
    below(db: DatabaseSync) {
      db.exec(
        `insert into audit select -1, at, actor, role, operator, what, subject, reason, hash from audit where seq = 1`,
      );
      return -1;
    },
  };
  const wrong: string[] = [];
  const names = Object.keys(kinds) as (keyof typeof kinds)[];
  for (let n = 0; n < EDITS; n += 1) {
    const kind = names[n % names.length] ?? "edit";
    copyFileSync(join(old, "madoguchi.db"), records.path);
    let bad = 0;
    edit(records, (db) => {
      bad = kinds[kind](db);
    });
    const edited = await openRecords({ folder, key });
    const verified = await edited.audit.verify();
    await edited.close();
    // A row put in before another one is found where the next one no longer follows from it.
    const first = kind === "insert" ? [bad, bad + 1] : [bad];
    if (verified.ok || !first.includes(verified.bad))
      wrong.push(`${kind} at ${bad}: ${JSON.stringify(verified)}`);
  }
  expect(wrong).toEqual([]);
  copyFileSync(join(old, "madoguchi.db"), records.path);
  const whole = await openRecords({ folder, key });
  expect(await whole.audit.verify()).toMatchObject({ ok: true });
}, 600_000);

it("P14: an older database is found by the head beside it or by one kept elsewhere, and the proof is not overwritten", async () => {
  const records = await filled(5);
  await records.close();
  const older = join(tempFolder(), "older");
  cpSync(records.folder, older, { recursive: true });
  const later = await openRecords({ folder: records.folder, key: records.key });
  for (let n = 0; n < 3; n += 1) await later.audit.record(entry());
  const verified = await later.audit.verify();
  await later.close();
  if (!verified.ok) throw new Error("not whole");
  copyFileSync(join(older, "madoguchi.db"), records.path);
  const back = await openRecords({ folder: records.folder, key: records.key });
  expect(await back.audit.verify()).toEqual({ ok: false, bad: 6, why: "cut" });
  for (let n = 0; n < 4; n += 1) await back.audit.record(entry({ at: T0 + 1 }));
  expect(await back.audit.verify()).toEqual({ ok: false, bad: 8, why: "replaced" });
  // Even when the head beside it is turned back too.
  copyFileSync(join(older, HEAD), join(records.folder, HEAD));
  expect(await back.audit.verify()).toMatchObject({ ok: true });
  expect(await back.audit.verify([verified.head])).toEqual({ ok: false, bad: 8, why: "replaced" });
  writeFileSync(join(records.folder, HEAD), "garbage");
  expect(await back.audit.verify()).toMatchObject({ why: "head" });
  rmSync(join(records.folder, HEAD));
  expect(await back.audit.verify()).toMatchObject({ why: "head" });
});

it("P15: an effect that is undone leaves no row, and a row that cannot be written undoes its effect", async () => {
  const { ours, audit } = await openRecords();
  const meta = () => ours.reader.selectFrom("meta").selectAll().where("name", "=", "effect").execute();
  const effect = (fails: "effect" | "row" | "none") =>
    ours.writer.write(async (tx) => {
      await tx.insertInto("meta").values({ name: "effect", value: "1" }).execute();
      await audit.append(tx, entry(fails === "row" ? { actor: null as unknown as string } : {}));
      if (fails === "effect") throw new Error("undone");
    });
  for (const fails of ["effect", "row"] as const) await expect(effect(fails)).rejects.toThrow();
  expect(await meta()).toEqual([]);
  expect(await audit.verify()).toMatchObject({ ok: true, head: { seq: 0 } });
  await effect("none");
  expect(await audit.verify()).toMatchObject({ ok: true, head: { seq: 1 } });
});

it("P14: two processes write one chain and keep its newest head", async () => {
  const one = await openRecords();
  const two = await openRecords({ folder: one.folder, key: one.key });
  await Promise.all(
    Array.from({ length: 40 }, (_, n) => (n % 2 ? one : two).audit.record(entry({ reason: `${n}` }))),
  );
  const verified = await two.audit.verify();
  expect(verified).toMatchObject({ ok: true, head: { seq: 40 } });
  expect(one.witness.head()).toEqual(verified.ok && verified.head);
});

const MANY = measure(2_000, 1_000_000);

it(`P14: ${MANY} rows are verified in time`, async () => {
  const { ours, audit } = await openRecords();
  for (let done = 0; done < MANY; done += 1_000)
    await ours.writer.write(async (tx) => {
      for (let n = 0; n < 1_000; n += 1) await audit.append(tx, entry({ at: T0 + done + n }));
    });
  const worked = workSince();
  expect(await audit.verify()).toMatchObject({ ok: true, head: { seq: MANY } });
  const ms = worked();
  console.info(`P14: ${MANY} rows verified in ${Math.round(ms)} ms`);
  expect(ms).toBeLessThan(measure(5_000, 30_000));
}, 1_800_000);
