import type { Activity } from "../turn/activity.ts";
import type { Committed, Inbox, Job, Result } from "../turn/store.ts";
import type { ChatWords } from "./chat-words.ts";
import type { Database } from "./database.ts";
import { isDue } from "./due.ts";
import { type Forgetting, forgetChats, ownErasure } from "./forget.ts";
import { NO_HANDLE } from "./handles.ts";
import { deskStep, NO_HANDOFF } from "./handoff-steps.ts";
import { beginJob, type ConversationRow, chatRow, firstWaiting } from "./jobs.ts";
import { insertLink } from "./links.ts";
import { outboxRow } from "./outbox.ts";
import { applyChanges, type Ledger } from "./requests.ts";
import type { Tx } from "./writer.ts";

/** A turn's commit: all that it has come to, in one transaction. */
export function createCommit(
  { writer }: Pick<Database, "writer">,
  ledger: Ledger,
  forgetting: Forgetting,
  chatWords: ChatWords,
): Inbox["commit"] {
  const { rows } = ledger;
  return (job, result, now, claim, push) => {
    const { conversation } = job;
    return writer.write(async (tx): Promise<Committed> => {
      const found = await chatRow(tx, conversation.id);
      if (!found || found.claim_by !== claim.by || found.talk_version !== job.talkVersion)
        return { kind: "lost" };
      if (found.handoff !== (job.handoff?.id ?? null) || found.handoff_state !== (job.handoff?.state ?? null))
        return { kind: "moved" };
      const { changes, talk, erase, link } = result;
      const turn = { conversation, arrival: job.inboxId, locale: talk.locale };
      if (changes) await applyChanges(tx, ledger, turn, changes, now);
      // Before the chat is deleted that it belongs to.
      const handle = push ? await handleOf(tx, job.inboxId) : {};
      const erased = erase && (await beginAnew(tx, forgetting, found, now));
      if (link) {
        const target = { what: "transcript", conversation: conversation.id } as const;
        await insertLink(tx, rows, link.link, target, link.until);
      }
      const said = erased === "held" && erase ? { ...result, messages: erase.held } : result;
      const appended = activitiesOf(job, said, found, now);
      const last = appended.at(-1) ?? { seq: found.last_seq, at: found.last_at };
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
        last_seq: last.seq,
        last_at: last.at,
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
      const next = ready ? await beginJob(tx, rows, { ...found, ...changed }, waiting) : null;
      return { kind: "committed", appended, next };
    });
  };
}

/** What is said in answer, behind what stands in the chat. Pure. */
function activitiesOf(
  { activity }: Job,
  { messages, agent, erase }: Result,
  { last_seq, last_at }: Pick<ConversationRow, "last_seq" | "last_at">,
  now: number,
): Activity[] {
  return messages.map(({ id, message }, i) => ({
    id,
    seq: last_seq + 1 + i,
    at: Math.max(now, last_at + 1) + i,
    by: agent === undefined ? "bot" : "agent",
    replyTo: erase ? null : (activity?.id ?? null),
    content: { kind: "message", message, ...(agent === undefined ? {} : { agent }) },
  }));
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

/** What its channel answers an arrival by, sealed. */
function handleOf(tx: Tx, inboxId: number) {
  return tx
    .selectFrom("inbox")
    .select(["handle", "handle_until"])
    .where("id", "=", inboxId)
    .executeTakeFirstOrThrow();
}
