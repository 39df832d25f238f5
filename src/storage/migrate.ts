import { sql } from "kysely";
import { migrations } from "./migrations.ts";
import { type Seal, SealBroken } from "./seal.ts";
import type { Writer } from "./writer.ts";

/**
 * Brings the schema forward, in one transaction, and makes sure that the key fits.
 * @throws when the database is newer than this program, or was sealed with another key.
 */
export async function migrate(writer: Writer, seal: Seal): Promise<void> {
  await writer.write(async (db) => {
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
    const place = { column: "check", operator: "", row: "1" } as const;
    const check = await db.selectFrom("sealed_check").selectAll().where("id", "=", 1).executeTakeFirst();
    if (!check) {
      await db
        .insertInto("sealed_check")
        .values({ id: 1, body: seal.seal(place, "madoguchi") })
        .execute();
      return;
    }
    try {
      seal.open(place, check.body);
    } catch (error) {
      if (error instanceof SealBroken) throw new Error("DATA_KEY does not open this database");
      throw error;
    }
  });
}
