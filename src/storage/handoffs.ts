import { type Selectable, sql } from "kysely";
import type { Handoff } from "../handoff/handoff.ts";
import type { Activity } from "../turn/activity.ts";
import type { Decision, Handoffs, Pending } from "../turn/handoffs.ts";
import type { Conversation } from "../turn/store.ts";
import type { AuditLog } from "./audit.ts";
import type { ChatWords } from "./chat-words.ts";
import type { Database } from "./database.ts";
import { takeHandle } from "./handles.ts";
import { bodyOf, liveColumns } from "./handoff-steps.ts";
import { outboxRow } from "./outbox.ts";
import { insertTurn } from "./own-turns.ts";
import { inPieces } from "./pieces.ts";
import type { Rows } from "./rows.ts";
import type { ConversationTable, HandoffTable } from "./tables.ts";
import type { Tx } from "./writer.ts";

type HandoffRow = Selectable<HandoffTable>;

/** The language of a talk that has none yet. */
const FIRST_LOCALE = "ja";

export function createHandoffs(
  { writer, reader }: Database,
  rows: Rows,
  audit: Pick<AuditLog, "append">,
  chatWords: ChatWords,
): Handoffs {
  /** With what stands elsewhere: its place in the queue, and the customer's last words. */
  async function whole(db: Tx, row: HandoffRow, now: number): Promise<Handoff> {
    const handoff = rows.handoff(row);
    const last = await db
      .selectFrom("activity")
      .select("seq")
      .where("conversation_id", "=", row.conversation_id)
      .where("by", "=", "customer")
      .orderBy("seq", "desc")
      .limit(1)
      .executeTakeFirst();
    const until = row.assigned_at ?? row.done_at ?? now;
    return {
      ...handoff,
      place: waits(row) ? await placeOf(db, row) : null,
      waitedMs: Math.max(0, until - row.requested_at),
      customerSeq: last?.seq ?? 0,
    };
  }

  async function append(
    tx: Tx,
    conversation: Conversation,
    { last_seq, last_at }: Pick<Selectable<ConversationTable>, "last_seq" | "last_at">,
    { id, message, agent }: NonNullable<Decision["say"]>,
    now: number,
    push: boolean,
  ): Promise<Activity> {
    const activity: Activity = {
      id,
      seq: last_seq + 1,
      at: Math.max(now, last_at + 1),
      by: agent === undefined ? "bot" : "agent",
      replyTo: null,
      content: { kind: "message", message, ...(agent === undefined ? {} : { agent }) },
    };
    await tx.insertInto("activity").values(rows.activityRow(conversation, activity)).execute();
    if (push)
      await tx
        .insertInto("outbox")
        .values({
          ...outboxRow(conversation, activity, now),
          ...(await takeHandle(tx, conversation.id, now)),
        })
        .execute();
    await tx
      .updateTable("conversation")
      .set({ last_seq: activity.seq, last_at: activity.at, active_at: now })
      .where("id", "=", conversation.id)
      .execute();
    return activity;
  }

  return {
    async find(id, now) {
      const row = await rowOf(reader, id);
      return row && whole(reader, row, now);
    },

    async list(filter, limit, after, now) {
      const { operators, states, way, agent, locale } = filter;
      if (operators.length === 0 || states?.length === 0) return { handoffs: [], next: null };
      let query = reader.selectFrom("handoff").selectAll().where("operator", "in", operators);
      if (states) query = query.where("state", "in", states);
      if (way) query = query.where("way", "=", way);
      if (locale) query = query.where("locale", "=", locale);
      if (agent === null) query = query.where("agent", "is", null);
      else if (agent !== undefined) query = query.where("agent", "=", agent);
      if (after)
        query = query.where((e) =>
          e.or([
            e("requested_at", ">", after.requestedAt),
            e.and([e("requested_at", "=", after.requestedAt), e("id", ">", after.id)]),
          ]),
        );
      const found = await query.orderBy("requested_at").orderBy("id").limit(limit).execute();
      const handoffs: Handoff[] = [];
      for (const row of found) handoffs.push(await whole(reader, row, now));
      const last = handoffs.at(-1);
      const next = last && found.length === limit ? { requestedAt: last.requestedAt, id: last.id } : null;
      return { handoffs, next };
    },

    change(id, now, push, decide) {
      return writer.write(async (tx) => {
        const row = await rowOf(tx, id);
        const chat =
          row &&
          (await tx
            .selectFrom("conversation")
            .selectAll()
            .where("id", "=", row.conversation_id)
            .executeTakeFirst());
        if (!row || !chat) return undefined;
        const conversation = rows.conversation(chat);
        const talk = rows.talk(chat);
        const handoff = await whole(tx, row, now);
        const locale = talk?.locale ?? FIRST_LOCALE;
        const decision = decide({
          handoff,
          conversation,
          locale,
          talk,
          told: toldOf(row),
          seenAt: row.seen_at,
        });
        if (!decision) return { handoff, conversation, appended: [] };
        const { standing, say, note, told } = decision;
        const said =
          say &&
          (await tx
            .selectFrom("activity")
            .selectAll()
            .where("conversation_id", "=", chat.id)
            .where("id", "=", say.id)
            .executeTakeFirst());
        if (said) return { handoff, conversation, appended: [rows.activity(conversation, said)] };
        if (decision.audit)
          await audit.append(tx, { at: now, operator: row.operator, subject: id, ...decision.audit });
        // What was only looked at stays as it is.
        if (Object.keys(decision).every((key) => key === "audit"))
          return { handoff, conversation, appended: [] };
        const next = { ...handoff, ...standing, ...pick(decision) };
        await tx
          .updateTable("handoff")
          .set({
            state: next.state,
            way: next.way,
            agent: next.agent?.id ?? null,
            assigned_at: next.assignedAt,
            done_at: next.doneAt,
            locale,
            read_seq: Math.max(row.read_seq, decision.readSeq ?? 0),
            ...(told ? { told_place: told.place, told_at: told.at } : {}),
            version: row.version + 1,
            body: rows.handoffBody(row, bodyOf(next)),
          })
          .where("id", "=", id)
          .execute();
        // Until the bot's return is said the chat is the person's. A call-back leaves alone what the chat is in.
        const live = liveColumns(id, next);
        if (standing && !decision.returns && (live.handoff !== null || chat.handoff === id))
          await tx.updateTable("conversation").set(live).where("id", "=", chat.id).execute();
        const appended = say ? [await append(tx, conversation, chat, say, now, push(chat.channel))] : [];
        if (say?.agent !== undefined) await chatWords.addLines(tx, conversation, appended);
        if (note) await addNote(tx, row, note, now);
        const { returns, fills } = decision;
        if (returns) await insertTurn(tx, rows, conversation, { kind: "return", id: `${id} return` }, now);
        if (fills) {
          const { key, filling } = fills;
          await insertTurn(tx, rows, conversation, { kind: "fill", id: `${id} fill ${key}`, filling }, now);
        }
        const changed = await rowOf(tx, id);
        return { handoff: changed ? await whole(tx, changed, now) : handoff, conversation, appended };
      });
    },

    async notes(id) {
      const found = await reader
        .selectFrom("handoff_note")
        .innerJoin("handoff", "handoff.id", "handoff_note.handoff_id")
        .select(["handoff_id", "seq", "handoff_note.body as body", "handoff.operator as operator"])
        .where("handoff_id", "=", id)
        .orderBy("seq")
        .execute();
      return found.map((row) => rows.privateNote(row.operator, row));
    },

    async talk(conversation) {
      const row = await reader
        .selectFrom("conversation")
        .select(["id", "operator", "talk"])
        .where("id", "=", conversation)
        .executeTakeFirst();
      return row && rows.talk(row);
    },

    async callback(conversation) {
      const row = await reader
        .selectFrom("handoff")
        .selectAll()
        .where("conversation_id", "=", conversation)
        .where("way", "=", "callback")
        .where("done_at", "is", null)
        .orderBy("requested_at", "desc")
        .limit(1)
        .executeTakeFirst();
      return row && rows.handoff(row).callback?.number;
    },

    waiting: (operator) =>
      queued(reader, operator)
        .executeTakeFirstOrThrow()
        .then(({ n }) => n),

    async pending() {
      const query = reader
        .selectFrom("handoff")
        .select(["id", "operator", "conversation_id", "channel", "state", "requested_at"])
        .select(["told_place", "told_at", "seen_at"])
        // The index stands on what is said here word for word: a parameter would not find it.
        .where("way", "=", sql.lit("chat"))
        .where("done_at", "is", null)
        .orderBy("requested_at")
        .orderBy("id");
      const found = await inPieces<Awaited<ReturnType<typeof query.execute>>[number]>((after, limit) => {
        const rest = after
          ? query.where((e) =>
              e(e.refTuple("requested_at", "id"), ">", e.tuple(after.requested_at, after.id)),
            )
          : query;
        return rest.limit(limit).execute();
      });
      const places = new Map<string, number>();
      return found.map((row): Pending => {
        const waiting = row.state === "requested";
        const place = (places.get(row.operator) ?? 0) + 1;
        if (waiting) places.set(row.operator, place);
        return {
          id: row.id,
          operator: row.operator,
          conversation: row.conversation_id,
          channel: row.channel,
          state: waiting ? "requested" : "assigned",
          requestedAt: row.requested_at,
          place: waiting ? place : null,
          told: toldOf(row),
          seenAt: row.seen_at,
        };
      });
    },

    async seen(conversations, now) {
      if (conversations.length === 0) return;
      await writer.write((tx) =>
        tx
          .updateTable("handoff")
          .set({ seen_at: now })
          .where("conversation_id", "in", conversations)
          .where("way", "=", "chat")
          .where("done_at", "is", null)
          .execute(),
      );
    },
  };

  async function addNote(
    tx: Tx,
    row: HandoffRow,
    note: NonNullable<Decision["note"]>,
    now: number,
  ): Promise<void> {
    const last = await tx
      .selectFrom("handoff_note")
      .select("seq")
      .where("handoff_id", "=", row.id)
      .orderBy("seq", "desc")
      .limit(1)
      .executeTakeFirst();
    const seq = (last?.seq ?? 0) + 1;
    const body = rows.privateNoteBody(row.operator, row.id, seq, note);
    await tx
      .insertInto("handoff_note")
      .values({ handoff_id: row.id, conversation_id: row.conversation_id, seq, at: now, body })
      .execute();
  }
}

function toldOf({ told_place: place, told_at: at }: Pick<HandoffRow, "told_place" | "told_at">) {
  return place !== null && at !== null ? { place, at } : null;
}

const waits = ({ way, state }: Pick<HandoffRow, "way" | "state">) => way === "chat" && state === "requested";

function rowOf(db: Tx, id: string): Promise<HandoffRow | undefined> {
  return db.selectFrom("handoff").selectAll().where("id", "=", id).executeTakeFirst();
}

/** How many wait in the chat at an operator. */
function queued(db: Tx, operator: string) {
  return db
    .selectFrom("handoff")
    .select((e) => e.fn.countAll<number>().as("n"))
    .where("operator", "=", operator)
    .where("done_at", "is", null)
    .where("way", "=", sql.lit("chat"))
    .where("state", "=", sql.lit("requested"));
}

/** 1 is next. */
async function placeOf(db: Tx, row: HandoffRow): Promise<number> {
  const before = await queued(db, row.operator)
    .where((e) => e(e.refTuple("requested_at", "id"), "<=", e.tuple(row.requested_at, row.id)))
    .executeTakeFirstOrThrow();
  return before.n;
}

function pick({ callback, resolution }: Decision): Partial<Pick<Handoff, "callback" | "resolution">> {
  return { ...(callback ? { callback } : {}), ...(resolution === undefined ? {} : { resolution }) };
}
