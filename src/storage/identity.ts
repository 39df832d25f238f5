import { timingSafeEqual } from "node:crypto";
import { CODE_MS, CODE_TRIES, type MaySend, roomFor } from "../requests/identity.ts";
import { type MailAddress, RegisterConflict } from "../requests/register.ts";
import { isOpen } from "../requests/state.ts";
import type { RequestRow } from "./requests.ts";
import type { Rows } from "./rows.ts";
import type { Tx } from "./writer.ts";

/** Who tries, from where: a code is good in the conversation that it was asked for in. */
export interface Trying {
  /** The conversation's keyed hash. */
  chat: string;
  arrival: number;
}

const codeRow = (tx: Tx, request: RequestRow) =>
  tx.selectFrom("identity_code").selectAll().where("request_id", "=", request.id).executeTakeFirst();

/** What a code could confirm now; undefined: nothing. */
export async function confirmable(
  tx: Tx,
  rows: Rows,
  request: RequestRow,
): Promise<MailAddress["use"] | undefined> {
  const { mail } = rows.requestBody(request);
  if (!mail || !isOpen(request.state)) return undefined;
  const code = await codeRow(tx, request);
  return code?.confirmed_at == null ? mail.use : undefined;
}

/** Whether a code may be mailed for this request now. */
export async function maySend(tx: Tx, rows: Rows, request: RequestRow, now: number): Promise<MaySend> {
  const { mail } = rows.requestBody(request);
  if (!mail || !isOpen(request.state)) return { may: "no" };
  const code = await codeRow(tx, request);
  if (code && code.confirmed_at !== null) return { may: "done" };
  if (code && code.tries >= CODE_TRIES) return { may: "enough" };
  const room = roomFor(await sends(tx, rows.codesOf(request.receipt)), now);
  if (room.may !== "send") return room;
  return roomFor(await sends(tx, rows.codesTo(request.operator, mail.to)), now);
}

async function sends(tx: Tx, subject: string): Promise<number[]> {
  const found = await tx.selectFrom("attempt").select("at").where("subject", "=", subject).execute();
  return found.map(({ at }) => at);
}

/** Takes the place of the code before it. @throws {RegisterConflict} none may be mailed now */
export async function keepCode(
  tx: Tx,
  rows: Rows,
  request: RequestRow,
  { chat, arrival }: Trying,
  digits: string,
  now: number,
): Promise<void> {
  const { mail } = rows.requestBody(request);
  const { may } = await maySend(tx, rows, request, now);
  if (!mail || may !== "send") throw new RegisterConflict("code-not-sent");
  const code = {
    conversation: chat,
    code: rows.identityCode(request.receipt, chat, digits),
    until: now + CODE_MS,
    used_by: null,
  };
  await tx
    .insertInto("identity_code")
    .values({ request_id: request.id, tries: 0, confirmed_at: null, ...code })
    .onConflict((c) => c.column("request_id").doUpdateSet(code))
    .execute();
  for (const subject of [rows.codesOf(request.receipt), rows.codesTo(request.operator, mail.to)])
    await tx
      .insertInto("attempt")
      .values({ subject, arrival, at: now })
      .onConflict((c) => c.columns(["subject", "arrival"]).doNothing())
      .execute();
}

/**
 * Whether the digits are the code: then they are this arrival's, and nobody else's from now on. A wrong try counts; the
 * fifth of a request's life leaves no code. The hash is made and compared whether there is a code or not.
 */
export async function tryCode(
  tx: Tx,
  rows: Rows,
  request: RequestRow | undefined,
  { chat, arrival }: Trying,
  digits: string,
  now: number,
): Promise<MailAddress["use"] | null> {
  const row = request && (await codeRow(tx, request));
  const tried = Buffer.from(rows.identityCode(request?.receipt ?? "", chat, digits));
  const there = row?.code != null && row.conversation === chat && row.until > now;
  const equal = timingSafeEqual(
    tried,
    Buffer.from(there && row.code ? row.code : rows.identityCode("", "", "")),
  );
  if (!request || !row || !there) return null;
  if (row.used_by !== null && row.used_by !== arrival) return null;
  if (equal && isOpen(request.state)) {
    await tx
      .updateTable("identity_code")
      .set({ used_by: arrival })
      .where("request_id", "=", request.id)
      .execute();
    return rows.requestBody(request).mail?.use ?? null;
  }
  const counted = await tx
    .insertInto("attempt")
    .values({ subject: rows.identityCode(request.receipt, chat, "tries"), arrival, at: now })
    .onConflict((c) => c.columns(["subject", "arrival"]).doNothing())
    .executeTakeFirst();
  // A turn that is run again after a crash counts once.
  if (counted.numInsertedOrUpdatedRows !== 1n) return null;
  const tries = row.tries + 1;
  await tx
    .updateTable("identity_code")
    .set({ tries, ...(tries >= CODE_TRIES ? { code: null } : {}) })
    .where("request_id", "=", request.id)
    .execute();
  return null;
}

/** The code is spent by the arrival that was told that it is right. @throws {RegisterConflict} it was not */
export async function spendCode(
  tx: Tx,
  request: RequestRow,
  { chat, arrival }: Trying,
  now: number,
): Promise<void> {
  const spent = await tx
    .updateTable("identity_code")
    .set({ code: null, confirmed_at: now })
    .where("request_id", "=", request.id)
    .where("conversation", "=", chat)
    .where("used_by", "=", arrival)
    .where("confirmed_at", "is", null)
    .executeTakeFirst();
  if (spent.numUpdatedRows !== 1n) throw new RegisterConflict("code-gone");
}

/** Codes that can be used no more leave the files. */
export async function dropLateCodes(tx: Tx, now: number): Promise<void> {
  await tx
    .updateTable("identity_code")
    .set({ code: null })
    .where("until", "<=", now)
    .where("code", "is not", null)
    .execute();
}
