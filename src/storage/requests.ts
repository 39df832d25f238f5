import type { Selectable } from "kysely";
import type { AuditEntry } from "../requests/audit.ts";
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
import type { Talk } from "../turn/talk.ts";
import type { Database } from "./database.ts";
import { confirmable, keepCode, maySend, spendCode, tryCode } from "./identity.ts";
import type { NoticeBook } from "./notices.ts";
import type { Rows } from "./rows.ts";
import type { RequestTable } from "./tables.ts";
import type { Tx } from "./writer.ts";

/** Writes a row of the audit within the transaction of what it tells of. */
export type AppendAudit = (tx: Tx, entry: AuditEntry) => Promise<void>;

/** What a change of the register writes with itself: the rows, the notices that it causes, the audit. */
export interface Ledger {
  rows: Rows;
  notices: NoticeBook;
  appendAudit: AppendAudit;
}

const CUSTOMER: Actor = { by: "customer" };

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
            if (!row) return undefined;
            const confirms = await confirmable(tx, rows, row);
            return { ...rows.request(row), ...(confirms ? { confirms } : {}) };
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
        case "mail-code":
          return writer.write(async (tx) => {
            const row = await requestRow(tx, rows, at.operator, lookup.receipt);
            return {
              look: "mail-code",
              ...(row ? await maySend(tx, rows, row, now) : { may: "no" as const }),
            };
          });
        case "try-code": {
          const { receipt, code } = lookup;
          const trying = { chat: rows.chatKey(at.conversation), arrival: at.arrival };
          return writer.write(async (tx) => {
            const row = await requestRow(tx, rows, at.operator, receipt);
            return { look: "try-code", use: await tryCode(tx, rows, row, trying, code, now) };
          });
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
  ledger: Ledger,
  { conversation, arrival, locale }: { conversation: Conversation; arrival: number; locale: Talk["locale"] },
  changes: readonly Change[],
  now: number,
): Promise<void> {
  const { rows, notices } = ledger;
  const { operator } = conversation;
  const trying = { chat: rows.chatKey(conversation.id), arrival };
  for (const change of changes) {
    switch (change.do) {
      case "file":
        await file(tx, ledger, conversation, change.request, now);
        break;
      case "withdraw":
        await withdraw(tx, ledger, operator, change.receipt, now);
        break;
      case "save": {
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto("draft")
          .values(rows.draftRow(conversation, change))
          .onConflict((c) => c.column("code").doNothing())
          .executeTakeFirstOrThrow();
        if (numInsertedOrUpdatedRows === 0n) throw new RegisterConflict("code-taken");
        const key = rows.draftKey(operator, change.code);
        await notices.ofDraft(tx, conversation, key, change, locale, now);
        break;
      }
      case "unlink":
        await tx.deleteFrom("line_link").where("conversation_id", "=", conversation.id).execute();
        break;
      case "take": {
        const key = rows.draftKey(operator, change.code);
        await tx.deleteFrom("draft").where("code", "=", key).execute();
        await tx.deleteFrom("notice").where("draft", "=", key).execute();
        break;
      }
      case "mail-code": {
        const request = await requestRow(tx, rows, operator, change.receipt);
        if (!request) throw new RegisterConflict("not-open");
        await keepCode(tx, rows, request, trying, change.code, now);
        await notices.ofCode(tx, request, arrival, change.code, now);
        if (rows.requestBody(request).mail?.use === "holder" && request.state === "received")
          await applyStep(tx, ledger, request, { kind: "identity-check" }, CUSTOMER, now);
        break;
      }
      case "confirm": {
        const request = await requestRow(tx, rows, operator, change.receipt);
        if (!request) throw new RegisterConflict("code-gone");
        await spendCode(tx, request, trying, now);
        await confirm(tx, ledger, request, now);
        break;
      }
    }
  }
}

/** What a right code does, and its row of the audit. Where papers are needed it tells that the address is read, no more. */
async function confirm(tx: Tx, ledger: Ledger, request: RequestRow, now: number): Promise<void> {
  const { mail, receipt } = ledger.rows.requestBody(request);
  const proves = mail?.use === "holder" && request.state === "identity-check";
  const step: Step = { kind: proves ? "in-progress" : "address-confirmed" };
  const moved = await applyStep(tx, ledger, request, step, CUSTOMER, now);
  if (!moved.ok) throw new RegisterConflict("not-open");
  const who = { actor: "customer", role: "customer", operator: request.operator };
  const reason = proves ? "identity by a code to the address" : "address by a code";
  await ledger.appendAudit(tx, { at: now, ...who, what: "confirm", subject: receipt, reason });
}

/** A form that was filed before files nothing, whatever receipt it comes with now. */
async function file(
  tx: Tx,
  ledger: Ledger,
  conversation: Conversation,
  request: NewRequest,
  now: number,
): Promise<void> {
  const row = ledger.rows.requestRow(conversation, request);
  const filed = await tx
    .insertInto("request")
    .values(row)
    .onConflict((c) => c.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (filed) return append(tx, ledger, filed, 1, { kind: "received", by: "customer", at: now });
  const known = await tx
    .selectFrom("request")
    .select("id")
    .where("conversation", "=", row.conversation)
    .where("form", "=", row.form)
    .executeTakeFirst();
  if (!known) throw new RegisterConflict("receipt-taken");
}

/** What is withdrawn already stays so; what was closed otherwise since the turn looked is for the turn to look at again. */
async function withdraw(
  tx: Tx,
  ledger: Ledger,
  operator: string,
  receipt: string,
  now: number,
): Promise<void> {
  const found = await requestRow(tx, ledger.rows, operator, receipt);
  if (found?.state === "withdrawn") return;
  const moved = found && (await applyStep(tx, ledger, found, { kind: "withdrawn" }, CUSTOMER, now));
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
  ledger: Pick<Ledger, "rows" | "notices">,
  request: RequestRow,
  step: Step,
  actor: Actor,
  now: number,
): Promise<Moved> {
  const { rows } = ledger;
  const standing = rows.provenStanding(request, await eventsOf(tx, rows, request));
  const moved = move(standing, step, actor, now);
  if (!moved.ok) return moved;
  await append(tx, ledger, request, moved.standing.version, moved.event);
  await tx
    .updateTable("request")
    .set(rows.standingColumns(moved.standing))
    .where("id", "=", request.id)
    .execute();
  return moved;
}

/** The one place that writes events, and the notices that they give cause to. */
async function append(
  tx: Tx,
  { rows, notices }: Pick<Ledger, "rows" | "notices">,
  request: RequestRow,
  seq: number,
  event: RequestEvent,
): Promise<void> {
  await tx
    .insertInto("request_event")
    .values(rows.eventRow(request, seq, event))
    .execute();
  await notices.ofEvent(tx, request, seq, event);
}
