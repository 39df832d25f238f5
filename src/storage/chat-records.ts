import type { OwnNotice, OwnRecord } from "../requests/own-data.ts";
import type { Content } from "../turn/activity.ts";
import { place, type Rows } from "./rows.ts";
import type { Tx } from "./writer.ts";

const PAGE = 500;
/** As much of a number as the chat shows of a request that it is told of. */
const SHOWN = 4;

/** All that hangs on a chat, in order, a page at a time: the chat, its lines, opinions, hand-offs, names on a platform, drafts. */
export async function* chatRecords(db: Tx, rows: Rows, id: string): AsyncGenerator<OwnRecord> {
  const row = await db.selectFrom("conversation").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row) return;
  const conversation = rows.conversation(row);
  const { channel, customer } = conversation;
  const remembered = rows.talk(row) ?? null;
  yield { kind: "chat", id, channel, customer, activeAt: row.active_at, remembered };
  for (let after = 0; ; ) {
    const page = await db
      .selectFrom("activity")
      .selectAll()
      .where("conversation_id", "=", id)
      .where("seq", ">", after)
      .orderBy("seq")
      .limit(PAGE)
      .execute();
    for (const line of page) {
      const { seq, at, by, content } = rows.activity(conversation, line);
      yield { kind: "line", chat: id, seq, at, by, text: wordsOf(content), content };
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) break;
    after = last.seq;
  }
  const said = await db
    .selectFrom("feedback")
    .selectAll()
    .where("conversation_id", "=", id)
    .orderBy("at")
    .execute();
  for (const { activity_id, at, body } of said) {
    const feedback = rows.seal.open(place("feedback", conversation, `${id}/${activity_id}`), body);
    yield { kind: "feedback", chat: id, at, feedback };
  }
  const handoffs = await db
    .selectFrom("handoff")
    .selectAll()
    .where("conversation_id", "=", id)
    .orderBy("requested_at")
    .execute();
  for (const one of handoffs) {
    const {
      requestedAt: at,
      assignedAt,
      doneAt,
      state,
      way,
      trigger,
      topic,
      agent,
      callback,
      rating,
    } = rows.handoff(one);
    const times = { at, assignedAt, doneAt };
    const name = agent?.name ?? null;
    yield { kind: "handoff", chat: id, ...times, state, way, trigger, topic, agent: name, callback, rating };
  }
  const reference = await db
    .selectFrom("teams_reference")
    .select("body")
    .where("conversation_id", "=", id)
    .executeTakeFirst();
  if (reference) {
    const address = rows.seal.open(place("reference", conversation, id), reference.body);
    yield { kind: "reference", chat: id, platform: "teams", address };
  }
  const linked = await db
    .selectFrom("line_link as l")
    .innerJoin("request as r", "r.id", "l.request_id")
    .select(["l.told", "r.operator", "r.receipt", "r.body"])
    .where("l.conversation_id", "=", id)
    .orderBy("r.id")
    .execute();
  for (const { told, ...request } of linked)
    yield { kind: "linked", chat: id, ending: rows.requestBody(request).receipt.slice(-SHOWN), told };
  const drafts = await db
    .selectFrom("draft")
    .selectAll()
    .where("conversation", "=", rows.chatKey(id))
    .execute();
  for (const row of drafts) {
    const { until, code } = row;
    const notices = await noticesTo(db, { draft: code });
    yield { kind: "draft", chat: id, until, draft: rows.draft(row), notices };
  }
}

/** Which notices a customer was or will be mailed of a request or a draft, without their words. */
export async function noticesTo(
  db: Tx,
  about: { request: number } | { draft: string },
): Promise<OwnNotice[]> {
  const query = db
    .selectFrom("notice")
    .select(["kind", "at", "state"])
    .where("audience", "=", "customer")
    .orderBy("id");
  return "request" in about
    ? query.where("request_id", "=", about.request).execute()
    : query.where("draft", "=", about.draft).execute();
}

/** Puts a chat aside, sealed anew, before its rows go: of those that are gone for everybody, but must be kept. */
export async function setAside(tx: Tx, rows: Rows, operator: string, id: string): Promise<void> {
  const chat = rows.chatKey(id);
  let [seq, customer] = [0, ""];
  for await (const record of chatRecords(tx, rows, id)) {
    if (record.kind === "chat") customer = rows.customerKey(record.channel, record.customer);
    const body = rows.seal.seal({ column: "held", operator, row: `${chat}/${seq}` }, record);
    await tx.insertInto("held_chat").values({ chat, seq, operator, customer, body }).execute();
    seq += 1;
  }
}

/** The records of a chat that was put aside. `chat`: its keyed hash. */
export async function* heldRecords(
  db: Tx,
  rows: Rows,
  operator: string,
  chat: string,
): AsyncGenerator<OwnRecord> {
  for (let after = -1; ; ) {
    const page = await db
      .selectFrom("held_chat")
      .select(["seq", "body"])
      .where("chat", "=", chat)
      .where("operator", "=", operator)
      .where("seq", ">", after)
      .orderBy("seq")
      .limit(PAGE)
      .execute();
    for (const { seq, body } of page)
      yield rows.seal.open({ column: "held", operator, row: `${chat}/${seq}` }, body) as OwnRecord;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.seq;
  }
}

function wordsOf(content: Content): string {
  return content.kind === "message"
    ? content.message.text
    : (content.incoming.text ?? content.incoming.command ?? "");
}
