import { delayMs, FORGET_MS, type Tries, type TrySubject } from "../agent-console/tries.ts";
import type { Database } from "./database.ts";
import type { Rows } from "./rows.ts";

/** Tries to sign in, on a database: processes that share it count together. */
export function createTries({ writer }: Pick<Database, "writer">, rows: Rows): Tries {
  const keyOf = ({ kind, key }: TrySubject) => rows.seal.hash("sign-in try", kind, key);
  return {
    take: (subjects, now) =>
      writer.write(async (tx) => {
        await tx
          .deleteFrom("sign_in_try")
          .where("last_at", "<=", now - FORGET_MS)
          .execute();
        const keys = subjects.map(keyOf);
        const found = await tx.selectFrom("sign_in_try").selectAll().where("subject", "in", keys).execute();
        const wait = Math.max(0, ...found.map(({ until }) => until - now));
        if (wait > 0) return wait;
        for (const [i, { kind }] of subjects.entries()) {
          const subject = keys[i] ?? "";
          const failures = (found.find((row) => row.subject === subject)?.failures ?? 0) + 1;
          const row = { failures, last_at: now, until: now + delayMs(kind, failures) };
          await tx
            .insertInto("sign_in_try")
            .values({ subject, ...row })
            .onConflict((c) => c.column("subject").doUpdateSet(row))
            .execute();
        }
        return 0;
      }),

    forgive: (subjects) =>
      writer.write(async (tx) => {
        for (const subject of subjects) {
          const key = keyOf(subject);
          if (subject.kind !== "address") {
            await tx.deleteFrom("sign_in_try").where("subject", "=", key).execute();
            continue;
          }
          await tx
            .updateTable("sign_in_try")
            .set((e) => ({ failures: e("failures", "-", 1), until: 0 }))
            .where("subject", "=", key)
            .execute();
        }
      }),
  };
}
