import { ABSOLUTE_MS, IDLE_MS, type Sessions } from "../agent-console/sessions.ts";
import { accountBody, grantsOf } from "./accounts.ts";
import type { Database } from "./database.ts";
import type { Rows } from "./rows.ts";

/** A use is noted when the last one is this long ago: a request costs no write. */
const NOTE_MS = 60_000;

/** The console's sessions, on a database. */
export function createConsoleSessions({ writer, reader }: Database, rows: Rows): Sessions {
  const { seal } = rows;
  const keyOf = (secret: string) => seal.hash("console session", secret);
  const idOf = (secret: string) => seal.hash("console session id", secret);
  const living = (now: number) =>
    reader
      .selectFrom("console_session")
      .innerJoin("account", "account.id", "console_session.account")
      .where("account.disabled_at", "is", null)
      .where("begun_at", ">", now - ABSOLUTE_MS)
      .where("seen_at", ">", now - IDLE_MS);

  return {
    async begin(account, secret, now) {
      const row = { secret: keyOf(secret), id: idOf(secret), account, begun_at: now, seen_at: now };
      await writer.write(async (tx) => {
        await tx
          .deleteFrom("console_session")
          .where("begun_at", "<=", now - ABSOLUTE_MS)
          .execute();
        const found = await tx
          .selectFrom("account")
          .select("id")
          .where("id", "=", account)
          .where("disabled_at", "is", null)
          .executeTakeFirst();
        if (found) await tx.insertInto("console_session").values(row).execute();
      });
    },

    async find(secret, now) {
      const row = await living(now)
        .select(["console_session.id as session", "begun_at", "seen_at", "account.id as id", "account.body"])
        .where("console_session.secret", "=", keyOf(secret))
        .executeTakeFirst();
      if (!row) return undefined;
      if (now - row.seen_at >= NOTE_MS)
        await writer.write(async (tx) => {
          await tx
            .updateTable("console_session")
            .set({ seen_at: now })
            .where("id", "=", row.session)
            .execute();
        });
      return {
        id: row.session,
        account: row.id,
        ...accountBody(rows, row),
        grants: (await grantsOf(reader, [row.id])).get(row.id) ?? {},
        begunAt: row.begun_at,
        seenAt: row.seen_at,
      };
    },

    async alive(ids, now) {
      if (ids.length === 0) return new Set();
      const found = await living(now)
        .select("console_session.id as id")
        .where("console_session.id", "in", ids)
        .execute();
      return new Set(found.map(({ id }) => id));
    },

    async usedSince(since) {
      const found = await reader
        .selectFrom("console_session")
        .select("account")
        .where("seen_at", ">=", since)
        .execute();
      return new Set(found.map(({ account }) => account));
    },

    async of(account, now) {
      const found = await living(now)
        .select(["console_session.id as id", "begun_at", "seen_at"])
        .where("console_session.account", "=", account)
        .orderBy("begun_at", "desc")
        .execute();
      return found.map(({ id, begun_at, seen_at }) => ({ id, begunAt: begun_at, seenAt: seen_at }));
    },

    async end(account, id) {
      const { numDeletedRows } = await writer.write((tx) =>
        tx
          .deleteFrom("console_session")
          .where("account", "=", account)
          .where("id", "=", id)
          .executeTakeFirstOrThrow(),
      );
      return numDeletedRows === 1n;
    },
  };
}
