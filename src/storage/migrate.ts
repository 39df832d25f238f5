import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { CHECK, HASH_KEY, KEY_IN_USE, NEXT_KEY, putSealed, sealedAt } from "./keyring.ts";
import { migrations } from "./migrations.ts";
import { type Seal, SealBroken } from "./seal.ts";
import type { Tx, Writer } from "./writer.ts";

/** Brings the schema forward. @throws when it is newer than this program */
export async function migrateTables(db: Tx): Promise<void> {
  await sql`create table if not exists migration (name text primary key)`.execute(db);
  const { rows } = await sql<{ name: string }>`select name from migration order by name`.execute(db);
  const known = new Set(migrations.map((m) => m.name));
  if (rows.some((row) => !known.has(row.name)))
    throw new Error("the database was written by a newer version of this program");
  const done = new Set(rows.map((row) => row.name));
  for (const migration of migrations) {
    if (done.has(migration.name)) continue;
    await migration.up(db);
    await sql`insert into migration (name) values (${migration.name})`.execute(db);
  }
}

/**
 * Brings the schema forward, in one transaction, makes sure that the key fits, and gives the seal the keys that stand
 * sealed in the database: that of the hashes, and, while the data key is changed, the next one.
 * @throws when the database is newer than this program, or was sealed with another key.
 */
export async function migrate(writer: Writer, seal: Seal): Promise<void> {
  await writer.write(async (db) => {
    await migrateTables(db);
    const check = await sealedAt(db, CHECK.id);
    const hashKey = await sealedAt(db, HASH_KEY.id);
    const next = await sealedAt(db, NEXT_KEY.id);
    try {
      if (check) seal.open(CHECK.place, check);
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      const under = next ? ": a change of the key is not finished, start with the old one" : "";
      throw new Error(`DATA_KEY does not open this database${under}`);
    }
    if (!check) await putSealed(db, CHECK.id, seal.seal(CHECK.place, "madoguchi"));
    if (next) seal.accept(Buffer.from(seal.open(NEXT_KEY.place, next) as string, "base64"));
    const inUse = await db
      .selectFrom("meta")
      .select("value")
      .where("name", "=", KEY_IN_USE)
      .executeTakeFirst();
    if (inUse && seal.knows(inUse.value)) seal.sealUnder(inUse.value);
    if (hashKey) {
      seal.hashWith(Buffer.from(seal.open(HASH_KEY.place, hashKey) as string, "base64"));
      return;
    }
    // A database of the time before keeps its hashes; a new one has a key that no data key ever was.
    const made = check ? seal.firstHashKey : randomBytes(32);
    await putSealed(db, HASH_KEY.id, seal.seal(HASH_KEY.place, made.toString("base64")));
    seal.hashWith(made);
  });
}
