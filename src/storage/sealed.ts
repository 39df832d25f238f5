import { sql } from "kysely";
import type { Place } from "./seal.ts";
import type { Tables } from "./tables.ts";
import type { Tx } from "./writer.ts";

/** A sealed column: how its rows are found, and where each value stands (operator and row are bound in). */
interface SealedColumn {
  table: keyof Tables;
  column: string;
  /** Of a row with the columns that `needs` names, and those of its chat or request where `of` says so. */
  place: (row: Readonly<Record<string, unknown>>) => Place;
  needs: readonly string[];
  /** From which row the operator comes (and a request's receipt), and the column that names it. */
  of?: { table: "conversation" | "request"; by: string };
}

const text = (value: unknown) => String(value);
const path = (...parts: readonly unknown[]) => parts.map(text).join("/");
const CHAT = { table: "conversation", by: "conversation_id" } as const;

/** What hangs on a request: its event, note or paper of a number. */
const onRequest = (
  table: "request_event" | "request_note" | "request_paper",
  column: Place["column"],
): SealedColumn => ({
  table,
  column: "body",
  needs: ["seq"],
  of: { table: "request", by: "request_id" },
  place: (r) => ({ column, operator: text(r.operator), row: path(r.receipt, r.seq) }),
});

/**
 * Every sealed column, for what must reach all of them: a change of the data key. A test finds the column that is
 * missing here. (`sealed_check` is not among them: its rows are of the keys themselves.)
 */
export const SEALED: readonly SealedColumn[] = [
  {
    table: "conversation",
    column: "customer",
    needs: ["id", "operator"],
    place: (r) => ({ column: "customer", operator: text(r.operator), row: text(r.id) }),
  },
  {
    table: "conversation",
    column: "talk",
    needs: ["id", "operator"],
    place: (r) => ({ column: "talk", operator: text(r.operator), row: text(r.id) }),
  },
  {
    table: "activity",
    column: "body",
    needs: ["conversation_id", "seq"],
    of: CHAT,
    place: (r) => ({ column: "activity", operator: text(r.operator), row: path(r.conversation_id, r.seq) }),
  },
  {
    table: "inbox",
    column: "body",
    needs: ["conversation_id", "event"],
    of: CHAT,
    place: (r) => ({ column: "inbox", operator: text(r.operator), row: path(r.conversation_id, r.event) }),
  },
  ...(["inbox", "outbox"] as const).map(
    (table): SealedColumn => ({
      table,
      column: "handle",
      needs: ["conversation_id"],
      of: CHAT,
      place: (r) => ({ column: "handle", operator: text(r.operator), row: text(r.conversation_id) }),
    }),
  ),
  {
    table: "read_mark",
    column: "body",
    needs: ["conversation_id", "seq"],
    of: CHAT,
    place: (r) => ({ column: "read mark", operator: text(r.operator), row: path(r.conversation_id, r.seq) }),
  },
  {
    table: "feedback",
    column: "body",
    needs: ["conversation_id", "activity_id"],
    of: CHAT,
    place: (r) => ({
      column: "feedback",
      operator: text(r.operator),
      row: path(r.conversation_id, r.activity_id),
    }),
  },
  {
    table: "handoff",
    column: "body",
    needs: ["id", "operator"],
    place: (r) => ({ column: "handoff", operator: text(r.operator), row: text(r.id) }),
  },
  {
    table: "handoff_note",
    column: "body",
    needs: ["handoff_id", "seq", "conversation_id"],
    of: CHAT,
    place: (r) => ({ column: "handoff note", operator: text(r.operator), row: path(r.handoff_id, r.seq) }),
  },
  {
    table: "request",
    column: "body",
    needs: ["operator", "receipt"],
    place: (r) => ({ column: "request", operator: text(r.operator), row: text(r.receipt) }),
  },
  onRequest("request_event", "event"),
  onRequest("request_note", "note"),
  onRequest("request_paper", "paper"),
  {
    table: "draft",
    column: "body",
    needs: ["operator", "code"],
    place: (r) => ({ column: "draft", operator: text(r.operator), row: text(r.code) }),
  },
  {
    table: "notice",
    column: "body",
    needs: ["operator", "key"],
    place: (r) => ({ column: "notice", operator: text(r.operator), row: text(r.key) }),
  },
  {
    table: "teams_reference",
    column: "body",
    needs: ["conversation_id"],
    of: CHAT,
    place: (r) => ({ column: "reference", operator: text(r.operator), row: text(r.conversation_id) }),
  },
  {
    table: "link",
    column: "body",
    needs: ["operator", "hash"],
    place: (r) => ({ column: "link", operator: text(r.operator), row: text(r.hash) }),
  },
  {
    table: "held_chat",
    column: "body",
    needs: ["operator", "chat", "seq"],
    place: (r) => ({ column: "held", operator: text(r.operator), row: path(r.chat, r.seq) }),
  },
  {
    table: "audit",
    column: "reason",
    needs: ["operator", "seq", "hash"],
    place: (r) => ({ column: "audit", operator: text(r.operator), row: path(r.seq, r.hash) }),
  },
  {
    table: "account",
    column: "body",
    needs: ["id"],
    place: (r) => ({ column: "account", operator: "", row: text(r.id) }),
  },
  {
    table: "account",
    column: "secret",
    needs: ["id"],
    place: (r) => ({ column: "account secret", operator: "", row: text(r.id) }),
  },
  {
    table: "request_prepared",
    column: "body",
    needs: ["at"],
    of: { table: "request", by: "request_id" },
    place: (r) => ({ column: "prepared", operator: text(r.operator), row: path(r.receipt, r.at) }),
  },
  {
    table: "read_permit",
    column: "body",
    needs: ["operator", "id"],
    place: (r) => ({ column: "permit", operator: text(r.operator), row: text(r.id) }),
  },
];

export interface SealedValue {
  rowid: number;
  place: Place;
  value: Uint8Array;
}

/** Up to `limit` rows behind `after` whose value is not sealed as `head` says. */
export async function sealedOtherwise(
  db: Tx,
  { table, column }: SealedColumn,
  head: Uint8Array,
  after: number,
  limit: number,
): Promise<number[]> {
  const value = sql.ref(column);
  const { rows } = await sql<{ id: number }>`select rowid as id from ${sql.table(table)}
    where rowid > ${after} and ${value} is not null and substr(${value}, 1, ${head.length}) <> ${head}
    order by rowid limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Those of these rows' values that are there, with where they stand. */
export async function sealedValues(
  tx: Tx,
  { table, column, needs, of, place }: SealedColumn,
  ids: readonly number[],
): Promise<SealedValue[]> {
  const t = sql.table(table);
  const value = sql.ref(`${table}.${column}`);
  const columns = sql.join(needs.map((name) => sql.ref(`${table}.${name}`)));
  const more = {
    conversation: sql`, conversation.operator as operator`,
    request: sql`, request.operator as operator, request.receipt as receipt`,
  };
  const join = of
    ? sql`join ${sql.table(of.table)} on ${sql.ref(`${of.table}.id`)} = ${sql.ref(`${table}.${of.by}`)}`
    : sql``;
  const { rows } = await sql<Record<string, unknown>>`
    select ${t}.rowid as sealed_row, ${value} as sealed_value, ${columns} ${of ? more[of.table] : sql``}
    from ${t} ${join}
    where ${t}.rowid in (${sql.join(ids)}) and ${value} is not null`.execute(tx);
  return rows.map((row) => ({
    rowid: Number(row.sealed_row),
    place: place(row),
    value: row.sealed_value as Uint8Array,
  }));
}

export async function putBack(
  tx: Tx,
  { table, column }: SealedColumn,
  rowid: number,
  value: Uint8Array,
): Promise<void> {
  await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${value} where rowid = ${rowid}`.execute(tx);
}
