import { type Selectable, sql } from "kysely";
import type { Conversation, Job } from "../turn/store.ts";
import type { Filling, Incoming } from "../turn/talk.ts";
import { liveHandoff } from "./handoff-steps.ts";
import { place, type Rows } from "./rows.ts";
import type { ConversationTable, InboxTable } from "./tables.ts";
import type { Tx } from "./writer.ts";

export type ConversationRow = Selectable<ConversationTable>;
type InboxRow = Selectable<InboxTable>;

/** Every row's words are bound to the event, not to its number: the number comes only with the insert. */
export const arrivalPlace = (conversation: Conversation, event: string) =>
  place("inbox", conversation, `${conversation.id}/${event}`);

/** What a turn is run with: an arrival that waited, as one more try of it. */
export async function beginJob(
  tx: Tx,
  rows: Rows,
  conversation: ConversationRow,
  row: InboxRow,
): Promise<Job> {
  const tries = row.tries + 1;
  await tx.updateTable("inbox").set({ tries }).where("id", "=", row.id).execute();
  const ours = rows.conversation(conversation);
  const told = row.body ? rows.seal.open(arrivalPlace(ours, row.event), row.body) : {};
  const typed = row.activity_id === null ? undefined : await typedLine(tx, row.activity_id, conversation.id);
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

/** The arrival of a chat whose turn it is. */
export function firstWaiting(tx: Tx, conversation: string): Promise<InboxRow | undefined> {
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

export function chatRow(tx: Tx, id: string): Promise<ConversationRow | undefined> {
  return tx.selectFrom("conversation").selectAll().where("id", "=", id).executeTakeFirst();
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
