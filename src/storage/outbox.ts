import type { Delivery, Outbox } from "../turn/store.ts";
import type { Database } from "./database.ts";
import { isDueIn } from "./due.ts";
import type { Rows } from "./rows.ts";
import type { OutboxTable } from "./tables.ts";

export function createOutbox({ writer, reader }: Database, rows: Rows): Outbox {
  return {
    async claimDue(now, limit, leaseMs) {
      const any = await reader
        .selectFrom("outbox")
        .select("id")
        .where("state", "=", "waiting")
        .where((e) => isDueIn(e, "due_at", now))
        .limit(1)
        .executeTakeFirst();
      if (!any) return [];
      return writer.write(async (tx) => {
        // Only the first waiting row of a conversation may go: what it says must not overtake itself.
        const due = await tx
          .selectFrom("outbox as o")
          .selectAll()
          .where("o.state", "=", "waiting")
          .where((e) => isDueIn(e, "o.due_at", now))
          .where((e) =>
            e.not(
              e.exists(
                e
                  .selectFrom("outbox as p")
                  .select("p.id")
                  .whereRef("p.conversation_id", "=", "o.conversation_id")
                  .whereRef("p.id", "<", "o.id")
                  .where("p.state", "=", "waiting"),
              ),
            ),
          )
          .orderBy("o.id")
          .limit(limit)
          .execute();
        const deliveries: Delivery[] = [];
        for (const row of due) {
          const tries = row.tries + 1;
          await tx
            .updateTable("outbox")
            .set({ tries, due_at: now + leaseMs })
            .where("id", "=", row.id)
            .execute();
          const conversation = await tx
            .selectFrom("conversation")
            .selectAll()
            .where("id", "=", row.conversation_id)
            .executeTakeFirstOrThrow();
          const activity = await tx
            .selectFrom("activity")
            .selectAll()
            .where("conversation_id", "=", row.conversation_id)
            .where("seq", "=", row.seq)
            .executeTakeFirstOrThrow();
          const ours = rows.conversation(conversation);
          const retryKey = row.retry_key;
          deliveries.push({
            id: row.id,
            conversation: ours,
            activity: rows.activity(ours, activity),
            retryKey,
            tries,
          });
        }
        return deliveries;
      });
    },

    async sent(delivery) {
      await writer.write((tx) => tx.deleteFrom("outbox").where("id", "=", delivery.id).execute());
    },

    async failed(delivery, dueAt) {
      const set = dueAt === null ? { state: "dead" as const } : { due_at: dueAt };
      await writer.write((tx) => tx.updateTable("outbox").set(set).where("id", "=", delivery.id).execute());
    },

    async counts() {
      const found = await reader
        .selectFrom("outbox")
        .select(["state", (e) => e.fn.countAll<number>().as("n")])
        .groupBy("state")
        .execute();
      const count = (state: OutboxTable["state"]) => found.find((row) => row.state === state)?.n ?? 0;
      return { waiting: count("waiting"), dead: count("dead") };
    },
  };
}
