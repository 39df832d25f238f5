import type { Conversation } from "../turn/store.ts";
import type { Filling } from "../turn/talk.ts";
import { arrivalPlace } from "./jobs.ts";
import type { Rows } from "./rows.ts";
import type { Tx } from "./writer.ts";

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
      body: rows.seal.seal(arrivalPlace(conversation, event), body),
    })
    .onConflict((c) => c.columns(["channel", "event"]).doNothing())
    .execute();
}
