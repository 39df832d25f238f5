import { PERMIT_MS, type PermitWish, READ_WINDOW_MS, READS, type Reading } from "../agent-console/reading.ts";
import { type AuditLog, subjectKey } from "./audit.ts";
import type { Database } from "./database.ts";
import type { Rows } from "./rows.ts";
import type { ReadPermitTable } from "./tables.ts";
import type { Tx } from "./writer.ts";

/** What accounts read of people, counted in the audit itself. */
export function createReading(
  { writer, reader }: Pick<Database, "writer" | "reader">,
  rows: Rows,
  { append }: Pick<AuditLog, "append">,
): Reading {
  const placeOf = (operator: string, id: string) => ({ column: "permit", operator, row: id }) as const;
  const wishOf = (row: ReadPermitTable): PermitWish => {
    const { name, reason } = rows.seal.open(placeOf(row.operator, row.id), row.body) as PermitWish;
    return { id: row.id, account: row.account, name, askedAt: row.asked_at, reason };
  };

  /** Subjects that an account has read since; another look at the same one is not counted. */
  const subjectsSince = (tx: Tx, account: string, since: number) =>
    tx
      .selectFrom("audit")
      .select("subject")
      .distinct()
      .where("actor", "=", account)
      .where("at", ">", since)
      .where("what", "in", READS)
      .execute();

  return {
    admit: (entry, now, limit) =>
      writer.write(async (tx) => {
        const { actor, operator } = entry;
        const subject = entry.subject === null ? null : subjectKey(rows, entry.subject);
        const read = await subjectsSince(tx, actor, now - READ_WINDOW_MS);
        const known = read.some((row) => row.subject === subject);
        const permit = await tx
          .selectFrom("read_permit")
          .select("id")
          .where("operator", "=", operator)
          .where("account", "=", actor)
          .where("by", "is not", null)
          .where("until", ">", now)
          .executeTakeFirst();
        if (permit || known || read.length < limit) {
          await append(tx, entry);
          return { ok: true, first: read.length === 0 };
        }
        const alarmed = await tx
          .selectFrom("audit")
          .select("seq")
          .where("actor", "=", actor)
          .where("at", ">", now - READ_WINDOW_MS)
          .where("what", "=", "alarm")
          .executeTakeFirst();
        await append(tx, { ...entry, what: "alarm", reason: `${entry.what}: ${entry.reason}` });
        return { ok: false, first: alarmed === undefined };
      }),

    ask: (operator, { id, account, name, reason, askedAt }, audit) =>
      writer.write(async (tx) => {
        await tx
          .deleteFrom("read_permit")
          .where("operator", "=", operator)
          .where("account", "=", account)
          .where("by", "is", null)
          .execute();
        const body = rows.seal.seal(placeOf(operator, id), { name, reason });
        await tx
          .insertInto("read_permit")
          .values({ id, operator, account, asked_at: askedAt, body, by: null, until: 0 })
          .execute();
        await append(tx, audit);
      }),

    async wishes(operator) {
      const found = await reader
        .selectFrom("read_permit")
        .selectAll()
        .where("operator", "=", operator)
        .where("by", "is", null)
        .orderBy("asked_at")
        .limit(100)
        .execute();
      return found.map(wishOf);
    },

    approve: (operator, id, by, now, audit) =>
      writer.write(async (tx) => {
        await tx.deleteFrom("read_permit").where("by", "is not", null).where("until", "<=", now).execute();
        const { numUpdatedRows } = await tx
          .updateTable("read_permit")
          .set({ by, until: now + PERMIT_MS })
          .where("operator", "=", operator)
          .where("id", "=", id)
          .where("by", "is", null)
          .where("account", "<>", by)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows !== 1n) return false;
        await append(tx, audit);
        return true;
      }),
  };
}
