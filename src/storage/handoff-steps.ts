import type { Selectable } from "kysely";
import { type HandoffState, isOver, type Way } from "../handoff/state.ts";
import type { LiveHandoff } from "../turn/handoffs.ts";
import type { Result } from "../turn/store.ts";
import type { HandoffBody, Rows } from "./rows.ts";
import type { ConversationTable, HandoffTable } from "./tables.ts";
import type { Tx } from "./writer.ts";

type ConversationRow = Selectable<ConversationTable>;

/** What stands in a conversation's row of the hand-off that it is in. */
export type LiveColumns = Pick<ConversationRow, "handoff" | "handoff_state">;

export const NO_HANDOFF: LiveColumns = { handoff: null, handoff_state: null };

export function liveHandoff({ handoff, handoff_state }: LiveColumns): LiveHandoff | null {
  return handoff !== null && handoff_state !== null ? { id: handoff, state: handoff_state } : null;
}

/** A call-back is in no chat, and what is over is nowhere. */
export function liveColumns(id: string, { state, way }: { state: HandoffState; way: Way }): LiveColumns {
  if (way === "callback" || isOver(state)) return NO_HANDOFF;
  return { handoff: id, handoff_state: state === "assigned" ? "assigned" : "requested" };
}

/** What a turn does about a person, within its commit; gives what the conversation's row is to say of it. */
export async function deskStep(
  tx: Tx,
  rows: Rows,
  conversation: ConversationRow,
  locale: HandoffTable["locale"],
  { id, step }: NonNullable<Result["desk"]>,
  now: number,
): Promise<LiveColumns> {
  const live = liveHandoff(conversation);
  const unchanged: LiveColumns = { handoff: conversation.handoff, handoff_state: conversation.handoff_state };
  switch (step.do) {
    case "request": {
      if (live) return unchanged;
      const { trigger, topic, clauses } = step;
      const body = { trigger, topic, clauses, agentName: null, callback: null, resolution: null };
      const { place } = step;
      await insert(tx, rows, conversation, { id, locale, way: "chat", body, now, place });
      return { handoff: id, handoff_state: "requested" };
    }
    case "leave": {
      if (!live) return unchanged;
      await tx
        .updateTable("handoff")
        .set((e) => ({ state: "abandoned", done_at: now, version: e("version", "+", 1) }))
        .where("id", "=", live.id)
        .where("done_at", "is", null)
        .execute();
      return NO_HANDOFF;
    }
    case "callback": {
      const { trigger, topic, clauses, callback } = step;
      const open = await tx
        .selectFrom("handoff")
        .selectAll()
        .where("conversation_id", "=", conversation.id)
        .where("way", "=", "callback")
        .where("done_at", "is", null)
        .orderBy("requested_at", "desc")
        .limit(1)
        .executeTakeFirst();
      if (!open) {
        const body = { trigger, topic, clauses, agentName: null, callback, resolution: null };
        await insert(tx, rows, conversation, { id, locale, way: "callback", body, now, place: null });
        return unchanged;
      }
      const known = rows.handoff(open);
      const body: HandoffBody = { ...bodyOf(known), callback: { ...callback, ...numberOf(known.callback) } };
      await tx
        .updateTable("handoff")
        .set((e) => ({ body: rows.handoffBody(open, body), version: e("version", "+", 1) }))
        .where("id", "=", open.id)
        .execute();
      return unchanged;
    }
    case "rate":
      await tx
        .updateTable("handoff")
        .set((e) => ({ rating: step.rating, version: e("version", "+", 1) }))
        .where((e) =>
          e(
            "id",
            "=",
            e
              .selectFrom("handoff")
              .select("id")
              .where("conversation_id", "=", conversation.id)
              .where("state", "=", "ended")
              .orderBy("done_at", "desc")
              .limit(1),
          ),
        )
        .where("rating", "is", null)
        .execute();
      return unchanged;
  }
}

export function bodyOf({
  trigger,
  topic,
  clauses,
  agent,
  callback,
  resolution,
}: ReturnType<Rows["handoff"]>): HandoffBody {
  return { trigger, topic, clauses, agentName: agent?.name ?? null, callback, resolution };
}

/** What was told once stays as it was told. */
function numberOf(callback: HandoffBody["callback"]) {
  return callback ? { number: callback.number, targetOn: callback.targetOn } : {};
}

async function insert(
  tx: Tx,
  rows: Rows,
  conversation: ConversationRow,
  begun: {
    id: string;
    locale: HandoffTable["locale"];
    way: Way;
    body: HandoffBody;
    now: number;
    place: number | null;
  },
): Promise<void> {
  const { id, locale, way, body, now, place } = begun;
  const { operator, channel } = conversation;
  await tx
    .insertInto("handoff")
    .values({
      id,
      conversation_id: conversation.id,
      operator,
      channel,
      locale,
      state: "requested",
      way,
      agent: null,
      requested_at: now,
      assigned_at: null,
      done_at: null,
      seen_at: now,
      told_place: place,
      told_at: place === null ? null : now,
      read_seq: 0,
      rating: null,
      version: 1,
      body: rows.handoffBody({ id, operator }, body),
    })
    .execute();
}
