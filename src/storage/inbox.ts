import { type ExpressionBuilder, type Selectable, sql } from "kysely";
import type { Activity } from "../turn/activity.ts";
import type { Arrival, Claim, Committed, Conversation, Inbox, Job, Received, Result } from "../turn/store.ts";
import type { Filling, Incoming } from "../turn/talk.ts";
import type { ChatWords } from "./chat-words.ts";
import { newConversation } from "./conversations.ts";
import type { Database } from "./database.ts";
import { isDue, isDueIn } from "./due.ts";
import { type Forgetting, forgetChats, ownErasure } from "./forget.ts";
import { NO_HANDLE } from "./handles.ts";
import { deskStep, liveHandoff, NO_HANDOFF } from "./handoff-steps.ts";
import { insertLink } from "./links.ts";
import { applyChanges, type Ledger } from "./requests.ts";
import { place, type Rows } from "./rows.ts";
import type { ConversationTable, InboxTable, Tables } from "./tables.ts";
import { isTakenBack, withoutWords } from "./take-back.ts";
import type { Tx } from "./writer.ts";

type ConversationRow = Selectable<ConversationTable>;
type InboxRow = Selectable<InboxTable>;

/** The inbox on a database. A conversation's order is its rows' `id`; its holder stands in the conversation's row. */
export function createInbox(
  { writer, reader }: Database,
  ledger: Ledger,
  forgetting: Forgetting,
  chatWords: ChatWords,
): Inbox {
  const { rows } = ledger;
  /** Every row's words are bound to the event, not to its number: the number comes only with the insert. */
  const words = (conversation: Conversation, event: string) =>
    place("inbox", conversation, `${conversation.id}/${event}`);

  async function begin(tx: Tx, conversation: ConversationRow, row: InboxRow): Promise<Job> {
    const tries = row.tries + 1;
    await tx.updateTable("inbox").set({ tries }).where("id", "=", row.id).execute();
    const ours = rows.conversation(conversation);
    const told = row.body ? rows.seal.open(words(ours, row.event), row.body) : {};
    const typed =
      row.activity_id === null ? undefined : await typedLine(tx, row.activity_id, conversation.id);
    return {
      conversation: ours,
      inboxId: row.id,
      kind: row.kind,
      ...(row.kind === "fill" ? { incoming: {}, filling: told as Filling } : { incoming: told as Incoming }),
      activity: typed ? rows.activity(ours, typed) : null,
      receivedAt: row.received_at,
      tries,
      talk: rows.talk(conversation),
      talkVersion: conversation.talk_version,
      handoff: liveHandoff(conversation),
    };
  }

  function firstWaiting(tx: Tx, conversation: string): Promise<InboxRow | undefined> {
    return tx
      .selectFrom("inbox")
      .selectAll()
      .where("conversation_id", "=", conversation)
      .where("state", "=", "waiting")
      .where(sql<boolean>`state <> 'done'`)
      .orderBy("id")
      .limit(1)
      .executeTakeFirst();
  }

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
            body: gone ? null : rows.seal.seal(words(conversation, event), arrival.incoming),
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
      });
    },

    commit(job: Job, result: Result, now: number, claim: Claim, push: boolean): Promise<Committed> {
      const { conversation } = job;
      return writer.write(async (tx): Promise<Committed> => {
        const found = await find(tx, conversation.id);
        if (!found || found.claim_by !== claim.by || found.talk_version !== job.talkVersion)
          return { kind: "lost" };
        if (
          found.handoff !== (job.handoff?.id ?? null) ||
          found.handoff_state !== (job.handoff?.state ?? null)
        )
          return { kind: "moved" };
        const { changes, talk, erase, link } = result;
        const turn = { conversation, arrival: job.inboxId, locale: talk.locale };
        if (changes) await applyChanges(tx, ledger, turn, changes, now);
        // Before the chat is deleted that it belongs to.
        const handle = await tx
          .selectFrom("inbox")
          .select(["handle", "handle_until"])
          .where("id", "=", job.inboxId)
          .executeTakeFirstOrThrow();
        const erased = erase && (await beginAnew(tx, forgetting, found, now));
        if (link) {
          const target = { what: "transcript", conversation: conversation.id } as const;
          await insertLink(tx, rows, link.link, target, link.until);
        }
        const appended: Activity[] = [];
        let [seq, at] = [found.last_seq, found.last_at];
        const messages = erased === "held" && erase ? erase.held : result.messages;
        for (const { id, message } of messages) {
          seq += 1;
          at = Math.max(now, at + 1);
          appended.push({
            id,
            seq,
            at,
            by: result.agent === undefined ? "bot" : "agent",
            replyTo: erase ? null : (job.activity?.id ?? null),
            content: {
              kind: "message",
              message,
              ...(result.agent === undefined ? {} : { agent: result.agent }),
            },
          });
        }
        if (result.masked && !erase)
          await tx
            .updateTable("activity")
            .set({ body: rows.activityBody(conversation, result.masked), replaced: found.last_seq + 1 })
            .where("conversation_id", "=", conversation.id)
            .where("seq", "=", result.masked.seq)
            .execute();
        if (appended.length > 0) {
          const values = appended.map((activity) => rows.activityRow(conversation, activity));
          await tx.insertInto("activity").values(values).execute();
          if (push)
            await tx
              .insertInto("outbox")
              .values(
                appended.map((a) => ({ ...outboxRow(conversation, a, now), turn: job.inboxId, ...handle })),
              )
              .execute();
        }
        // A person answers: what they say soon goes the platform's own way.
        const kept = push && appended.length === 0 && found.handoff_state === "assigned" && !erased;
        await tx
          .updateTable("inbox")
          .set({ state: result.state, body: null, ...(kept ? {} : NO_HANDLE) })
          .where("id", "=", job.inboxId)
          .execute();
        const waiting = await firstWaiting(tx, conversation.id);
        const ready = waiting !== undefined && isDue(waiting.due_at, now);
        const changed = {
          talk: rows.sealedTalk(conversation, result.talk),
          talk_version: found.talk_version + 1,
          last_seq: seq,
          last_at: at,
          active_at: now,
          claim_by: ready ? claim.by : null,
          claim_until: ready ? now + claim.leaseMs : 0,
          form_until: result.formUntil ?? null,
          ...(erased || job.kind === "return" ? NO_HANDOFF : {}),
          ...(result.desk ? await deskStep(tx, rows, found, result.talk.locale, result.desk, now) : {}),
        };
        await tx.updateTable("conversation").set(changed).where("id", "=", conversation.id).execute();
        const called = result.desk?.step;
        if (called?.do === "request" || called?.do === "callback")
          await chatWords.begin(tx, conversation, called.topic);
        else if (found.handoff !== null && job.activity && !erased)
          await chatWords.addLines(tx, conversation, [result.masked ?? job.activity]);
        const next = ready ? await begin(tx, { ...found, ...changed }, waiting) : null;
        return { kind: "committed", appended, next };
      });
    },

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
          const found = await find(tx, conversation_id);
          const row = await firstWaiting(tx, conversation_id);
          if (!found || !row || !isDue(row.due_at, now)) continue;
          await tx
            .updateTable("conversation")
            .set({ claim_by: claim.by, claim_until: now + claim.leaseMs })
            .where("id", "=", conversation_id)
            .execute();
          jobs.push(await begin(tx, found, row));
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

function find(tx: Tx, id: string): Promise<ConversationRow | undefined> {
  return tx.selectFrom("conversation").selectAll().where("id", "=", id).executeTakeFirst();
}

/**
 * The chat with all that hangs on it goes as if it were deleted from outside; under its id another begins, with nothing in
 * it but where its answers go, so that its customer can be answered. Its activities are counted on: a client's watermark never goes back.
 */
async function beginAnew(tx: Tx, forgetting: Forgetting, found: ConversationRow, now: number) {
  const reference = await tx
    .selectFrom("teams_reference")
    .selectAll()
    .where("conversation_id", "=", found.id)
    .executeTakeFirst();
  const proof = await forgetChats(tx, forgetting, found.operator, [found.id], ownErasure(now));
  await tx
    .insertInto("conversation")
    .values({ ...found, ...NO_HANDOFF })
    .execute();
  if (reference) await tx.insertInto("teams_reference").values(reference).execute();
  return proof.conversations === 1 ? "erased" : "held";
}

/** An arrival that waits stands near the end of its conversation. */
function typedLine(tx: Tx, id: string, conversation: string) {
  return tx
    .selectFrom("activity")
    .selectAll()
    .where("conversation_id", "=", conversation)
    .where("id", "=", id)
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
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

/** A turn that no message of the customer's has brought. */
type OwnTurn = { kind: "return"; id: string } | { kind: "fill"; id: string; filling: Filling };

/** Has a turn of its own run, after what waits already, once for its id. */
export async function insertTurn(
  tx: Tx,
  rows: Rows,
  conversation: Conversation,
  turn: OwnTurn,
  now: number,
): Promise<void> {
  const { kind, id } = turn;
  const event = rows.seal.hash(conversation.channel, id);
  const body = turn.kind === "fill" ? turn.filling : {};
  await tx
    .insertInto("inbox")
    .values({
      channel: conversation.channel,
      event,
      digest: rows.seal.hash(id),
      conversation_id: conversation.id,
      kind,
      activity_id: null,
      received_at: now,
      due_at: now,
      tries: 0,
      state: "waiting",
      body: rows.seal.seal(place("inbox", conversation, `${conversation.id}/${event}`), body),
    })
    .onConflict((c) => c.columns(["channel", "event"]).doNothing())
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

/** A message that waits for its platform; nobody has asked for it, unless `turn` is told. */
export function outboxRow(conversation: Conversation, { id, seq }: Activity, now: number) {
  const state = "waiting" as const;
  const unasked = { turn: null, ...NO_HANDLE };
  return { conversation_id: conversation.id, seq, retry_key: id, due_at: now, tries: 0, state, ...unasked };
}
