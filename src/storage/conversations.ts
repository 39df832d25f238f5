import { FORGET_TRIES_MS } from "../requests/tries.ts";
import { type Conversations, type Proof, StoreUnavailable } from "../turn/store.ts";
import type { Database } from "./database.ts";
import type { Rows } from "./rows.ts";
import type { Tx } from "./writer.ts";

/** How many chats one transaction of the purge deletes: others must get their turn in between. */
const PURGE_STEP = 100;
/** A done arrival's id is remembered this long, so that a late second delivery finds it. */
const REMEMBER_EVENTS_MS = 8 * 86_400_000;

export function createConversations({ writer, reader, compact }: Database, rows: Rows): Conversations {
  return {
    async create(conversation, now) {
      const { id, channel, operator } = conversation;
      const customer = rows.customer(conversation);
      const empty = {
        active_at: now,
        last_seq: 0,
        last_at: 0,
        talk: null,
        talk_version: 0,
        form_until: null,
      };
      const free = { claim_by: null, claim_until: 0 };
      await writer.write((tx) =>
        tx
          .insertInto("conversation")
          .values({ id, channel, operator, customer, ...empty, ...free })
          .execute(),
      );
    },

    async find(id) {
      const row = await reader
        .selectFrom("conversation")
        .select(["id", "channel", "operator", "customer"])
        .where("id", "=", id)
        .executeTakeFirst();
      return row && rows.conversation(row);
    },

    async erase(id, now) {
      const erased = await writer.write(async (tx) => {
        const found = await tx
          .selectFrom("conversation")
          .select("operator")
          .where("id", "=", id)
          .executeTakeFirst();
        if (!found) return false;
        const activities = await remove(tx, rows, [id]);
        await prove(tx, {
          at: now,
          cause: "customer",
          operator: found.operator,
          conversations: 1,
          activities,
        });
        return true;
      });
      // It is deleted, whoever still reads the log; the engine compacts again and again.
      if (erased)
        await compact().catch((error: unknown) => {
          if (!(error instanceof StoreUnavailable)) throw error;
        });
      return erased;
    },

    async purge(operator, before, now) {
      const total: Proof = { at: now, cause: "retention", operator, conversations: 0, activities: 0 };
      for (;;) {
        const step = await writer.write(async (tx) => {
          const silent = await tx
            .selectFrom("conversation")
            .select("id")
            .where("operator", "=", operator)
            .where("active_at", "<", before)
            .limit(PURGE_STEP)
            .execute();
          if (silent.length === 0) return undefined;
          const activities = await remove(
            tx,
            rows,
            silent.map((row) => row.id),
          );
          const proof = {
            at: now,
            cause: "retention" as const,
            operator,
            conversations: silent.length,
            activities,
          };
          await prove(tx, proof);
          return proof;
        });
        if (!step) break;
        total.conversations += step.conversations;
        total.activities += step.activities;
      }
      while (await writer.write((tx) => dropForms(tx, rows, operator, now))) {
        // Another step.
      }
      await writer.write(async (tx) => {
        const old = now - REMEMBER_EVENTS_MS;
        await tx.deleteFrom("inbox").where("received_at", "<", old).where("state", "=", "done").execute();
        await tx.deleteFrom("ticket").where("until", "<", now).execute();
        await tx.deleteFrom("draft").where("until", "<=", now).execute();
        await tx
          .deleteFrom("attempt")
          .where("at", "<", now - FORGET_TRIES_MS)
          .execute();
      });
      await compact();
      return total;
    },

    async proofs() {
      return reader
        .selectFrom("proof")
        .select(["at", "cause", "operator", "conversations", "activities"])
        .orderBy("id")
        .execute();
    },

    async purgedOn() {
      const found = await reader
        .selectFrom("meta")
        .select("value")
        .where("name", "=", "purged")
        .executeTakeFirst();
      return found?.value;
    },

    async markPurged(day) {
      await writer.write((tx) =>
        tx
          .insertInto("meta")
          .values({ name: "purged", value: day })
          .onConflict((c) => c.column("name").doUpdateSet({ value: day }))
          .execute(),
      );
    },
  };
}

/**
 * Deletes the chats with everything that hangs on them; of their events only the hashed ids stay. What they filed is the
 * operator's record and stays.
 */
async function remove(tx: Tx, rows: Rows, ids: string[]): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom("activity")
    .where("conversation_id", "in", ids)
    .executeTakeFirstOrThrow();
  await tx
    .updateTable("inbox")
    .set({ state: "done", body: null })
    .where("conversation_id", "in", ids)
    .execute();
  await tx.deleteFrom("outbox").where("conversation_id", "in", ids).execute();
  await tx.deleteFrom("feedback").where("conversation_id", "in", ids).execute();
  await tx.deleteFrom("session").where("conversation_id", "in", ids).execute();
  await tx.deleteFrom("draft").where("conversation", "in", ids.map(rows.chatKey)).execute();
  await tx.deleteFrom("attempt").where("subject", "in", ids.map(rows.triesOfDrafts)).execute();
  await tx.deleteFrom("conversation").where("id", "in", ids).execute();
  return Number(numDeletedRows);
}

/** Takes lapsed forms out of talks that nobody holds; false when none was left. */
async function dropForms(tx: Tx, rows: Rows, operator: string, now: number): Promise<boolean> {
  const lapsed = await tx
    .selectFrom("conversation")
    .selectAll()
    .where("form_until", "<=", now)
    .where("operator", "=", operator)
    .where("claim_until", "<=", now)
    .limit(PURGE_STEP)
    .execute();
  for (const row of lapsed) {
    const talk = rows.talk(row);
    delete talk?.dialog;
    const sealed = talk ? rows.sealedTalk(rows.conversation(row), talk) : null;
    await tx
      .updateTable("conversation")
      .set({ talk: sealed, talk_version: row.talk_version + 1, form_until: null })
      .where("id", "=", row.id)
      .execute();
  }
  return lapsed.length > 0;
}

async function prove(tx: Tx, proof: Proof): Promise<void> {
  await tx.insertInto("proof").values(proof).execute();
}
