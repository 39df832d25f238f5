import { ABSOLUTE_MS, IDLE_MS } from "../agent-console/sessions.ts";
import { FORGET_MS as FORGET_SIGN_INS_MS } from "../agent-console/tries.ts";
import { FORGET_TRIES_MS } from "../requests/tries.ts";
import { type Conversation, type Conversations, type Proof, StoreUnavailable } from "../turn/store.ts";
import type { Database } from "./database.ts";
import {
  type Cause,
  FORGET_STEP,
  type Forgetting,
  forgetChats,
  forgetRequests,
  ownErasure,
} from "./forget.ts";
import { NO_HANDLE } from "./handles.ts";
import { NO_HANDOFF } from "./handoff-steps.ts";
import { dropLateCodes } from "./identity.ts";
import { dropLateNotices, dropNoticesOfDrafts } from "./notices.ts";
import type { Rows } from "./rows.ts";
import type { ConversationTable } from "./tables.ts";
import type { Tx } from "./writer.ts";

/** A hand-off that is over is kept this long; what was said stands in the transcript. */
const KEEP_HANDOFFS_MS = 7 * 86_400_000;
/** A done arrival's id is remembered this long, so that a late second delivery finds it. */
const REMEMBER_EVENTS_MS = 8 * 86_400_000;

export function createConversations(
  { writer, reader, compact }: Database,
  forgetting: Forgetting,
): Conversations {
  const { rows } = forgetting;
  const byTime = (at: number): Cause => ({
    at,
    proof: "retention",
    actor: "desk",
    role: "clock",
    what: "purge",
    reason: "retention",
  });
  return {
    async create(conversation, now) {
      const row = newConversation(rows, conversation, null, now);
      await writer.write((tx) => tx.insertInto("conversation").values(row).execute(), "awaited");
    },

    async find(id) {
      const row = await reader
        .selectFrom("conversation")
        .select(["id", "channel", "operator", "customer"])
        .where("id", "=", id)
        .executeTakeFirst();
      return row && rows.conversation(row);
    },

    async findOf({ channel, ...party }) {
      const row = await reader
        .selectFrom("conversation")
        .select(["id", "channel", "operator", "customer"])
        .where("party", "=", rows.partyKey(channel, party))
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
        const proof = await forgetChats(tx, forgetting, found.operator, [id], ownErasure(now));
        return proof.conversations === 1 ? "erased" : "held";
      });
      // It is deleted, whoever still reads the log; the engine compacts again and again.
      if (erased)
        await compact().catch((error: unknown) => {
          if (!(error instanceof StoreUnavailable)) throw error;
        });
      return erased;
    },

    async purge(operator, before, now) {
      const counts = { conversations: 0, activities: 0, requests: 0 };
      const total: Proof = { at: now, cause: "retention", operator, ...counts };
      for (;;) {
        const step = await writer.write(async (tx) => {
          const silent = await tx
            .selectFrom("conversation")
            .select("id")
            .where("operator", "=", operator)
            .where("active_at", "<", before)
            .limit(FORGET_STEP)
            .execute();
          if (silent.length === 0) return undefined;
          const ids = silent.map((row) => row.id);
          return forgetChats(tx, forgetting, operator, ids, byTime(now));
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
        await tx
          .updateTable("inbox")
          .set(NO_HANDLE)
          .where("state", "=", "done")
          .where("handle_until", "<", now)
          .execute();
        await dropHandoffs(tx, operator, now - KEEP_HANDOFFS_MS);
        await tx.deleteFrom("ticket").where("until", "<", now).execute();
        await tx.deleteFrom("taken_back").where("until", "<", now).execute();
        await tx.deleteFrom("line_nonce").where("until", "<", now).execute();
        await tx.deleteFrom("draft").where("until", "<=", now).execute();
        await dropNoticesOfDrafts(tx);
        await dropLateNotices(tx, now);
        await dropLateCodes(tx, now);
        await dropConsoleLeftovers(tx, now);
        await tx.deleteFrom("link").where("until", "<=", now).execute();
        await tx
          .deleteFrom("attempt")
          .where("at", "<", now - FORGET_TRIES_MS)
          .execute();
      });
      await compact();
      return total;
    },

    async purgeRequests(operator, closedBefore, now) {
      let requests = 0;
      for (;;) {
        const step = await writer.write(async (tx) => {
          const old = await tx
            .selectFrom("request")
            .select(["id", "receipt"])
            .where("operator", "=", operator)
            .where("held_at", "is", null)
            .where("closed_at", "<", closedBefore)
            .limit(FORGET_STEP)
            .execute();
          return old.length > 0 && forgetRequests(tx, forgetting, operator, old, byTime(now));
        });
        if (!step) break;
        requests += step.requests;
      }
      if (requests > 0) await compact();
      return requests;
    },

    async proofs() {
      return reader
        .selectFrom("proof")
        .select(["at", "cause", "operator", "conversations", "activities", "requests"])
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

/** What is over at the console goes with its next use; a console that nobody uses keeps nothing either. */
async function dropConsoleLeftovers(tx: Tx, now: number): Promise<void> {
  await tx
    .deleteFrom("console_session")
    .where((e) => e.or([e("begun_at", "<=", now - ABSOLUTE_MS), e("seen_at", "<=", now - IDLE_MS)]))
    .execute();
  await tx
    .deleteFrom("sign_in_try")
    .where("last_at", "<=", now - FORGET_SIGN_INS_MS)
    .execute();
  await tx.deleteFrom("account_device").where("until", "<=", now).execute();
  await tx.deleteFrom("read_permit").where("by", "is not", null).where("until", "<=", now).execute();
}

async function dropHandoffs(tx: Tx, operator: string, before: number): Promise<void> {
  const over = tx
    .selectFrom("handoff")
    .select("id")
    .where("operator", "=", operator)
    .where("done_at", "<", before);
  const ids = (await over.execute()).map(({ id }) => id);
  for (let from = 0; from < ids.length; from += FORGET_STEP) {
    const step = ids.slice(from, from + FORGET_STEP);
    await tx.deleteFrom("handoff_note").where("handoff_id", "in", step).execute();
    const chats = tx.selectFrom("handoff").select("conversation_id").where("id", "in", step);
    const left = tx.selectFrom("handoff").select("conversation_id").where("id", "not in", step);
    await tx
      .deleteFrom("chat_word")
      .where("conversation_id", "in", chats)
      .where("conversation_id", "not in", left)
      .execute();
    await tx.deleteFrom("handoff").where("id", "in", step).execute();
  }
}

/** A chat in which nothing was said yet. `party`: the key of whom it is the only one of. */
export function newConversation(
  rows: Rows,
  conversation: Conversation,
  party: string | null,
  now: number,
): ConversationTable {
  const { id, channel, operator } = conversation;
  const nothing = { last_seq: 0, last_at: 0, talk: null, talk_version: 0, form_until: null, ...NO_HANDOFF };
  const free = { claim_by: null, claim_until: 0 };
  const customer = rows.customer(conversation);
  return { id, channel, operator, customer, party, active_at: now, ...nothing, ...free };
}

/** Takes lapsed forms out of talks that nobody holds; false when none was left. */
async function dropForms(tx: Tx, rows: Rows, operator: string, now: number): Promise<boolean> {
  const lapsed = await tx
    .selectFrom("conversation")
    .selectAll()
    .where("form_until", "<=", now)
    .where("operator", "=", operator)
    .where("claim_until", "<=", now)
    .limit(FORGET_STEP)
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
