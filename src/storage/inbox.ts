import { type ExpressionBuilder, sql } from "kysely";
import type { Activity } from "../turn/activity.ts";
import type { Arrival, Claim, Inbox, Job, Received } from "../turn/store.ts";
import type { ChatWords } from "./chat-words.ts";
import { createCommit } from "./commit.ts";
import { newConversation } from "./conversations.ts";
import type { Database } from "./database.ts";
import { isDue, isDueIn } from "./due.ts";
import type { Forgetting } from "./forget.ts";
import { liveHandoff } from "./handoff-steps.ts";
import { arrivalPlace, beginJob, type ConversationRow, chatRow, firstWaiting } from "./jobs.ts";
import { keepReadMark } from "./read-marks.ts";
import type { Ledger } from "./requests.ts";
import type { InboxTable, Tables } from "./tables.ts";
import { isTakenBack, withoutWords } from "./take-back.ts";
import type { Tx } from "./writer.ts";

/** The inbox on a database. A conversation's order is its rows' `id`; its holder stands in the conversation's row. */
export function createInbox(
  { writer, reader }: Database,
  ledger: Ledger,
  forgetting: Forgetting,
  chatWords: ChatWords,
): Inbox {
  const { rows } = ledger;
  /** The chat that an arrival belongs to, and whether another arrival waits in it. */
  function chatOf(tx: Tx, { conversation, party, channel }: Arrival) {
    const chat = tx
      .selectFrom("conversation")
      .selectAll()
      .select((e) => e.exists(waitingOf(e)).as("busy"));
    const whose = party
      ? chat.where("party", "=", rows.partyKey(channel, party))
      : chat.where("id", "=", conversation);
    return whose.executeTakeFirst();
  }

  /** A new chat of the arrival's party. */
  async function begun(tx: Tx, { conversation: id, party, channel }: Arrival, now: number) {
    if (!party) throw new Error("nobody's chat");
    const row = newConversation(rows, { id, channel, ...party }, rows.partyKey(channel, party), now);
    await tx.insertInto("conversation").values(row).execute();
    return { ...row, busy: 0 };
  }

  return {
    receive(arrival: Arrival, now: number, claim: Claim): Promise<Received> {
      const event = rows.seal.hash(arrival.channel, arrival.eventId);
      const digest = rows.seal.hash(arrival.digest);
      return writer.write(async (tx): Promise<Received> => {
        const at = await chatOf(tx, arrival);
        if (!at && !arrival.party) return { kind: "gone" };
        // An event of a chat that was deleted begins none.
        const before = at ? undefined : await known(tx, arrival.channel, event, digest);
        if (before) return before;
        const found = at ?? (await begun(tx, arrival, now));
        const conversation = rows.conversation(found);
        const gone = arrival.activity !== null && (await isTakenBack(tx, arrival.activity.id));
        const claimed = !gone && !found.busy && isFree(found, now, claim);
        const row = await tx
          .insertInto("inbox")
          .values({
            channel: arrival.channel,
            event,
            digest,
            conversation_id: found.id,
            kind: arrival.kind,
            activity_id: arrival.activity?.id ?? null,
            received_at: now,
            due_at: now,
            tries: claimed ? 1 : 0,
            state: gone ? "done" : "waiting",
            body: gone ? null : rows.seal.seal(arrivalPlace(conversation, event), arrival.incoming),
            ...rows.sealedHandle(conversation, gone ? undefined : arrival.handle),
          })
          .onConflict((c) => c.columns(["channel", "event"]).doNothing())
          .returning("id")
          .executeTakeFirst();
        if (!row) return (await known(tx, arrival.channel, event, digest)) ?? { kind: "conflict" };

        const typed = arrival.activity && incomingActivity(arrival, arrival.activity, found, now);
        const activity = typed && gone ? withoutWords(typed) : typed;
        if (activity)
          await tx.insertInto("activity").values(rows.activityRow(conversation, activity)).execute();
        if (activity && !gone && arrival.readMark !== undefined)
          await keepReadMark(tx, rows, conversation, activity.seq, arrival.readMark);
        await tx
          .updateTable("conversation")
          .set({
            active_at: now,
            ...(activity ? { last_seq: activity.seq, last_at: activity.at } : {}),
            ...(claimed ? { claim_by: claim.by, claim_until: now + claim.leaseMs } : {}),
          })
          .where("id", "=", found.id)
          .execute();
        if (found.handoff !== null)
          await tx.updateTable("handoff").set({ seen_at: now }).where("id", "=", found.handoff).execute();
        if (!claimed) return { kind: "recorded", conversation: found.id, activity, job: null };
        const { kind, incoming } = arrival;
        const state = {
          talk: rows.talk(found),
          talkVersion: found.talk_version,
          handoff: liveHandoff(found),
        };
        const begins = { inboxId: row.id, receivedAt: now, tries: 1 };
        const job = { conversation, kind, incoming, activity, ...begins, ...state };
        return { kind: "recorded", conversation: found.id, activity, job };
      }, "awaited");
    },

    commit: createCommit({ writer }, ledger, forgetting, chatWords),

    async defer(job, dueAt, claim) {
      await writer.write(async (tx) => {
        await tx
          .updateTable("inbox")
          .set({ due_at: dueAt, tries: job.tries })
          .where("id", "=", job.inboxId)
          .execute();
        await tx
          .updateTable("conversation")
          .set({ claim_by: null, claim_until: 0 })
          .where("id", "=", job.conversation.id)
          .where("claim_by", "=", claim.by)
          .execute();
      });
    },

    async claimDue(now, limit, claim) {
      if ((await due(reader, now, 1, claim)).length === 0) return [];
      return writer.write(async (tx) => {
        const jobs: Job[] = [];
        for (const { conversation_id } of await due(tx, now, limit, claim)) {
          const found = await chatRow(tx, conversation_id);
          const row = await firstWaiting(tx, conversation_id);
          if (!found || !row || !isDue(row.due_at, now)) continue;
          await tx
            .updateTable("conversation")
            .set({ claim_by: claim.by, claim_until: now + claim.leaseMs })
            .where("id", "=", conversation_id)
            .execute();
          jobs.push(await beginJob(tx, rows, found, row));
        }
        return jobs;
      });
    },

    async counts() {
      const found = await reader
        .selectFrom("inbox")
        .select(["state", (e) => e.fn.countAll<number>().as("n")])
        .where(sql<boolean>`state <> 'done'`)
        .groupBy("state")
        .execute();
      const count = (state: InboxTable["state"]) => found.find((row) => row.state === state)?.n ?? 0;
      return { waiting: count("waiting"), dead: count("dead") };
    },
  };
}

/** What is said about an event that was recorded before; undefined when it was not. */
async function known(tx: Tx, channel: string, event: string, digest: string): Promise<Received | undefined> {
  const row = await tx
    .selectFrom("inbox")
    .select(["activity_id", "digest"])
    .where("channel", "=", channel)
    .where("event", "=", event)
    .executeTakeFirst();
  if (!row) return undefined;
  return row.digest === digest ? { kind: "known", activityId: row.activity_id } : { kind: "conflict" };
}

function waitingOf(e: ExpressionBuilder<Tables, "conversation">) {
  return e
    .selectFrom("inbox")
    .select("inbox.id")
    .whereRef("inbox.conversation_id", "=", "conversation.id")
    .where("inbox.state", "=", "waiting")
    .where(sql<boolean>`inbox.state <> 'done'`);
}

/** Nobody holds it, or the holder's lease has lapsed; one that ends too late comes from a clock that was set back. */
function isFree(row: ConversationRow, now: number, claim: Claim): boolean {
  return row.claim_until <= now || row.claim_until > now + claim.leaseMs;
}

/** Conversations that nobody holds and whose first waiting arrival may be due. */
function due(db: Tx, now: number, limit: number, claim: Claim): Promise<{ conversation_id: string }[]> {
  return db
    .selectFrom("inbox")
    .innerJoin("conversation", "conversation.id", "inbox.conversation_id")
    .select("inbox.conversation_id")
    .distinct()
    .where(sql<boolean>`inbox.state <> 'done'`)
    .where("inbox.state", "=", "waiting")
    .where((e) => isDueIn(e, "inbox.due_at", now))
    .where((e) => e.or([e("claim_until", "<=", now), e("claim_until", ">", now + claim.leaseMs)]))
    .limit(limit)
    .execute();
}

function incomingActivity(
  arrival: Arrival,
  { id, platform }: NonNullable<Arrival["activity"]>,
  row: ConversationRow,
  now: number,
): Activity {
  const content = { kind: "incoming", incoming: arrival.incoming, platform } as const;
  return {
    id,
    seq: row.last_seq + 1,
    at: Math.max(now, row.last_at + 1),
    by: "customer",
    replyTo: null,
    content,
  };
}
