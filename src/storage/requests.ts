import type { Selectable } from "kysely";
import {
  type Change,
  type Found,
  type NewRequest,
  type Register,
  RegisterConflict,
} from "../requests/register.ts";
import {
  type Actor,
  EventsBroken,
  type Moved,
  move,
  OPEN_STATES,
  type RequestEvent,
  type Step,
} from "../requests/state.ts";
import { isLocked } from "../requests/tries.ts";
import type { Conversation } from "../turn/store.ts";
import type { Database } from "./database.ts";
import type { Rows } from "./rows.ts";
import type { RequestTable } from "./tables.ts";
import type { Tx } from "./writer.ts";

/** The register as a turn reads it, on a database. */
export function createRegister({ writer, reader }: Database, rows: Rows): Register {
  /**
   * Looks for what a code opens. Whether there is no such thing or the code does not fit is not told apart: the same
   * statements run, the same row is written, the same answer comes back.
   */
  function judge<T>(
    subject: string,
    arrival: number,
    now: number,
    find: (tx: Tx) => Promise<T | undefined>,
  ): Promise<{ found: T | null; locked?: true }> {
    return writer.write(async (tx) => {
      // The arrival's own try does not count against it: its turn may have been begun before, by a process that died.
      const tries = await tx
        .selectFrom("attempt")
        .select("at")
        .where("subject", "=", subject)
        .where("arrival", "<>", arrival)
        .execute();
      const times = tries.map((row) => row.at);
      if (isLocked(times, now)) return { found: null, locked: true };
      const found = await find(tx);
      if (found !== undefined) return { found };
      await tx
        .insertInto("attempt")
        .values({ subject, arrival, at: now })
        .onConflict((c) => c.columns(["subject", "arrival"]).doNothing())
        .execute();
      return { found: null };
    });
  }

  return {
    async look(at, lookup, now): Promise<Found> {
      switch (lookup.look) {
        case "request": {
          const { receipt, code } = lookup;
          const subject = rows.triesOfRequest(at.operator, receipt);
          const { found, ...locked } = await judge(subject, at.arrival, now, async (tx) => {
            const row = await tx
              .selectFrom("request")
              .selectAll()
              .where("receipt", "=", rows.receiptKey(receipt))
              .where("code", "=", rows.codeKey(receipt, code))
              .where("operator", "=", at.operator)
              .executeTakeFirst();
            return row && rows.request(row);
          });
          return { look: "request", request: found, ...locked };
        }
        case "draft": {
          const subject = rows.triesOfDrafts(at.conversation);
          const key = rows.draftKey(at.operator, lookup.code);
          const { found, ...locked } = await judge(subject, at.arrival, now, async (tx) => {
            const row = await tx
              .updateTable("draft")
              .set({ taken_by: at.arrival })
              .where("code", "=", key)
              .where("until", ">", now)
              .where((e) => e.or([e("taken_by", "is", null), e("taken_by", "=", at.arrival)]))
              .returningAll()
              .executeTakeFirst();
            return row && rows.draft(row);
          });
          return { look: "draft", draft: found, ...locked };
        }
        case "duplicate": {
          const customer = rows.customerKey(at.channel, at.customer);
          const row = await reader
            .selectFrom("request")
            .selectAll()
            .where("operator", "=", at.operator)
            .where("person", "=", rows.personKey(at.operator, lookup.person))
            .where("type", "=", lookup.type)
            .where("state", "in", OPEN_STATES)
            .orderBy((e) => e.case().when("customer", "=", customer).then(0).else(1).end())
            .orderBy("id", "desc")
            .limit(1)
            .executeTakeFirst();
          return {
            look: "duplicate",
            open: row ? { ...rows.request(row), own: row.customer === customer } : null,
          };
        }
      }
    },
  };
}

/**
 * What a turn changes, within the transaction of its commit.
 * @throws {RegisterConflict} the transaction must be undone
 */
export async function applyChanges(
  tx: Tx,
  rows: Rows,
  conversation: Conversation,
  changes: readonly Change[],
  now: number,
): Promise<void> {
  const { operator } = conversation;
  for (const change of changes) {
    switch (change.do) {
      case "file":
        await file(tx, rows, conversation, change.request, now);
        break;
      case "withdraw":
        await withdraw(tx, rows, operator, change.receipt, now);
        break;
      case "save": {
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto("draft")
          .values(rows.draftRow(conversation, change))
          .onConflict((c) => c.column("code").doNothing())
          .executeTakeFirstOrThrow();
        if (numInsertedOrUpdatedRows === 0n) throw new RegisterConflict("code-taken");
        break;
      }
      case "unlink":
        await tx.deleteFrom("line_link").where("conversation_id", "=", conversation.id).execute();
        break;
      case "take":
        await tx.deleteFrom("draft").where("code", "=", rows.draftKey(operator, change.code)).execute();
        break;
    }
  }
}

/** A form that was filed before files nothing, whatever receipt it comes with now. */
async function file(
  tx: Tx,
  rows: Rows,
  conversation: Conversation,
  request: NewRequest,
  now: number,
): Promise<void> {
  const row = rows.requestRow(conversation, request);
  const filed = await tx
    .insertInto("request")
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning(["id", "operator", "receipt"])
    .executeTakeFirst();
  if (filed) return append(tx, rows, filed, 1, { kind: "received", by: "customer", at: now });
  const known = await tx
    .selectFrom("request")
    .select("id")
    .where("conversation", "=", row.conversation)
    .where("form", "=", row.form)
    .executeTakeFirst();
  if (!known) throw new RegisterConflict("receipt-taken");
}

/** What is withdrawn already stays so; what was closed otherwise since the turn looked is for the turn to look at again. */
async function withdraw(tx: Tx, rows: Rows, operator: string, receipt: string, now: number): Promise<void> {
  const found = await requestRow(tx, rows, operator, receipt);
  if (found?.state === "withdrawn") return;
  const moved = found && (await applyStep(tx, rows, found, { kind: "withdrawn" }, { by: "customer" }, now));
  if (!moved?.ok) throw new RegisterConflict("not-open");
}

export type RequestRow = Selectable<RequestTable>;

export function requestRow(
  db: Tx,
  rows: Rows,
  operator: string,
  receipt: string,
): Promise<RequestRow | undefined> {
  return db
    .selectFrom("request")
    .selectAll()
    .where("receipt", "=", rows.receiptKey(receipt))
    .where("operator", "=", operator)
    .executeTakeFirst();
}

/** What has happened to a request, in order. @throws {EventsBroken} */
export async function eventsOf(db: Tx, rows: Rows, request: RequestRow): Promise<RequestEvent[]> {
  const found = await db
    .selectFrom("request_event")
    .selectAll()
    .where("request_id", "=", request.id)
    .orderBy("seq")
    .execute();
  if (found.some(({ seq }, i) => seq !== i + 1)) throw new EventsBroken();
  return found.map((row) => rows.event(request, row));
}

/**
 * One step of a request within a transaction: what its events say is looked at again, the event is appended, and the row
 * follows. @throws {EventsBroken} it does not stand as its events say
 */
export async function applyStep(
  tx: Tx,
  rows: Rows,
  request: RequestRow,
  step: Step,
  actor: Actor,
  now: number,
): Promise<Moved> {
  const standing = rows.provenStanding(request, await eventsOf(tx, rows, request));
  const moved = move(standing, step, actor, now);
  if (!moved.ok) return moved;
  await append(tx, rows, request, moved.standing.version, moved.event);
  await tx
    .updateTable("request")
    .set(rows.standingColumns(moved.standing))
    .where("id", "=", request.id)
    .execute();
  return moved;
}

/** The one place that writes events. */
async function append(
  tx: Tx,
  rows: Rows,
  request: Pick<RequestRow, "id" | "operator" | "receipt">,
  seq: number,
  event: RequestEvent,
): Promise<void> {
  await tx
    .insertInto("request_event")
    .values(rows.eventRow(request, seq, event))
    .execute();
}
