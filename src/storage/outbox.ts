import type { Selectable } from "kysely";
import type { Activity } from "../turn/activity.ts";
import type { Conversation, Delivery, Outbox } from "../turn/store.ts";
import type { Database } from "./database.ts";
import { isDueIn } from "./due.ts";
import { NO_HANDLE } from "./handles.ts";
import type { Rows } from "./rows.ts";
import type { OutboxTable } from "./tables.ts";
import type { Tx } from "./writer.ts";

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
          const ours = rows.conversation(
            await tx
              .selectFrom("conversation")
              .selectAll()
              .where("id", "=", row.conversation_id)
              .executeTakeFirstOrThrow(),
          );
          const [activity, ...along] = (await waiting(tx, row)).map((a) => rows.activity(ours, a));
          if (!activity) throw new Error("an outbox row without its activity");
          const handle = rows.handle(ours, row);
          const { id, retry_key: retryKey } = row;
          deliveries.push({ id, conversation: ours, activity, along, handle, retryKey, tries });
        }
        return deliveries;
      });
    },

    async sent({ id, conversation, activity, along, handle }, also = 0) {
      const seqs = [activity, ...along.slice(0, also)].map(({ seq }) => seq);
      const left = along.slice(also).map(({ seq }) => seq);
      await writer.write(async (tx) => {
        if (also === 0) await tx.deleteFrom("outbox").where("id", "=", id).execute();
        else
          await tx
            .deleteFrom("outbox")
            .where("conversation_id", "=", conversation.id)
            .where("seq", "in", seqs)
            .execute();
        if (handle && left.length > 0)
          await tx
            .updateTable("outbox")
            .set({ handle: null, handle_until: null })
            .where("conversation_id", "=", conversation.id)
            .where("seq", "in", left)
            .execute();
      });
    },

    async failed(delivery, dueAt) {
      const given = { state: "dead" as const, handle: null, handle_until: null };
      const set = dueAt === null ? given : { due_at: dueAt };
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

/** What a row sends, and behind it what waits and answers the same arrival. */
function waiting(tx: Tx, row: Selectable<OutboxTable>) {
  return tx
    .selectFrom("outbox as o")
    .innerJoin("activity as a", (j) =>
      j.onRef("a.conversation_id", "=", "o.conversation_id").onRef("a.seq", "=", "o.seq"),
    )
    .selectAll("a")
    .where("o.conversation_id", "=", row.conversation_id)
    .where("o.state", "=", "waiting")
    .where((e) => (row.turn === null ? e("o.id", "=", row.id) : e("o.turn", "=", row.turn)))
    .orderBy("o.id")
    .execute();
}

/** A message that waits for its platform; nobody has asked for it, unless `turn` is told. */
export function outboxRow(conversation: Conversation, { id, seq }: Activity, now: number) {
  const state = "waiting" as const;
  const unasked = { turn: null, ...NO_HANDLE };
  return { conversation_id: conversation.id, seq, retry_key: id, due_at: now, tries: 0, state, ...unasked };
}
