import type { Proof } from "../turn/store.ts";
import { type AuditLog, dropReasons } from "./audit.ts";
import { setAside } from "./chat-records.ts";
import { dropNoticesOfDrafts } from "./notices.ts";
import type { Rows } from "./rows.ts";
import type { Tables } from "./tables.ts";
import type { Witness } from "./witness.ts";
import type { Tx } from "./writer.ts";

/** How many chats or requests one transaction forgets: others must get their turn in between. */
export const FORGET_STEP = 100;

/** Tables whose rows hang on a request by `request_id`; they go with it. A test finds the one that is missing here. */
export const ON_A_REQUEST = [
  "request_event",
  "request_note",
  "request_paper",
  "request_prepared",
  "line_link",
  "line_nonce",
  "notice",
  "identity_code",
] as const satisfies readonly (keyof Tables)[];

/** Who has something forgotten, and why. */
export interface Cause {
  at: number;
  proof: Proof["cause"];
  actor: string;
  role: string;
  what: "purge" | "erase";
  reason: string;
}

/** A customer has their own chat deleted. */
export const ownErasure = (at: number): Cause => ({
  at,
  proof: "customer",
  actor: "customer",
  role: "customer",
  what: "erase",
  reason: "own chat",
});

/** What forgetting needs besides a transaction. */
export interface Forgetting {
  rows: Rows;
  audit: Pick<AuditLog, "append">;
  witness: Witness;
}

/**
 * Deletes chats of one operator with everything that hangs on them; of their events only the hashed ids stay. What they
 * filed is the operator's record and stays. A chat from which a held request came is put aside, sealed, where nobody's
 * view reaches. The witness knows before the transaction ends, and a proof of those that are gone stays.
 */
export async function forgetChats(
  tx: Tx,
  { rows, audit, witness }: Forgetting,
  operator: string,
  ids: readonly string[],
  cause: Cause,
): Promise<Proof> {
  const keys = ids.map(rows.chatKey);
  const held = await heldAmong(tx, operator, keys);
  for (const id of ids) if (held.has(rows.chatKey(id))) await setAside(tx, rows, operator, id);
  const gone = keys.filter((key) => !held.has(key));
  witness.erased(
    cause.at,
    gone.map((key) => ({ kind: "chat", key })),
  );
  const { numDeletedRows } = await tx
    .deleteFrom("activity")
    .where("conversation_id", "in", ids)
    .executeTakeFirstOrThrow();
  await tx
    .updateTable("inbox")
    .set({ state: "done", body: null, handle: null, handle_until: null })
    .where("conversation_id", "in", ids)
    .execute();
  await tx.deleteFrom("outbox").where("conversation_id", "in", ids).execute();
  await tx.deleteFrom("feedback").where("conversation_id", "in", ids).execute();
  await tx.deleteFrom("handoff_note").where("conversation_id", "in", ids).execute();
  await tx.deleteFrom("handoff").where("conversation_id", "in", ids).execute();
  await tx.deleteFrom("chat_word").where("conversation_id", "in", ids).execute();
  await tx.deleteFrom("line_link").where("conversation_id", "in", ids).execute();
  await tx.deleteFrom("session").where("conversation_id", "in", ids).execute();
  await tx.deleteFrom("teams_reference").where("conversation_id", "in", ids).execute();
  await tx.deleteFrom("read_mark").where("conversation_id", "in", ids).execute();
  await tx.deleteFrom("teams_message").where("conversation_id", "in", ids).execute();
  await tx.deleteFrom("draft").where("conversation", "in", keys).execute();
  await dropNoticesOfDrafts(tx);
  await tx.deleteFrom("attempt").where("subject", "in", ids.map(rows.triesOfDrafts)).execute();
  await tx.deleteFrom("conversation").where("id", "in", ids).execute();
  await tx.deleteFrom("link").where("subject", "in", keys).execute();
  await dropReasons(tx, gone);
  const { at, actor, role, what } = cause;
  const [one] = keys;
  // The purge's rows tell how many; whoever has a chat erased names it.
  const subject = what === "erase" && keys.length === 1 && one ? one : null;
  const kept = held.size > 0 ? `, kept for a held request ${held.size}` : "";
  const reason = `${cause.reason}: chats ${gone.length}${kept}`;
  await audit.append(tx, { at, actor, role, operator, what, subject, reason });
  const activities = Number(numDeletedRows);
  return prove(tx, {
    at,
    cause: cause.proof,
    operator,
    conversations: gone.length,
    activities,
    requests: 0,
  });
}

/** Of these chats (by their keyed hashes) those from which a held request came. */
async function heldAmong(tx: Tx, operator: string, keys: readonly string[]): Promise<Set<string>> {
  const found = await tx
    .selectFrom("request")
    .select("conversation")
    .where("operator", "=", operator)
    .where("conversation", "in", keys)
    .where("held_at", "is not", null)
    .execute();
  return new Set(found.map((row) => row.conversation));
}

/** Deletes a chat that was put aside, once no request holds it any more; false when there is none, or one still does. */
export async function forgetHeldChat(
  tx: Tx,
  { audit, witness }: Forgetting,
  operator: string,
  chat: string,
  cause: Cause,
): Promise<boolean> {
  if ((await heldAmong(tx, operator, [chat])).size > 0) return false;
  const { numDeletedRows } = await tx
    .deleteFrom("held_chat")
    .where("chat", "=", chat)
    .where("operator", "=", operator)
    .executeTakeFirstOrThrow();
  if (numDeletedRows === 0n) return false;
  witness.erased(cause.at, [{ kind: "chat", key: chat }]);
  await dropReasons(tx, [chat]);
  const { at, actor, role, what, reason } = cause;
  await audit.append(tx, { at, actor, role, operator, what, subject: chat, reason });
  const activities = Number(numDeletedRows) - 1;
  await prove(tx, { at, cause: cause.proof, operator, conversations: 1, activities, requests: 0 });
  return true;
}

/** Deletes requests of one operator with everything that hangs on them. Each has a row of the audit that says so. */
export async function forgetRequests(
  tx: Tx,
  { audit, witness }: Forgetting,
  operator: string,
  found: readonly { id: number; receipt: string }[],
  cause: Cause,
): Promise<Proof> {
  const ids = found.map(({ id }) => id);
  const keys = found.map(({ receipt }) => receipt);
  witness.erased(
    cause.at,
    keys.map((key) => ({ kind: "request", key })),
  );
  for (const table of ON_A_REQUEST) await tx.deleteFrom(table).where("request_id", "in", ids).execute();
  await tx.deleteFrom("request").where("id", "in", ids).execute();
  await tx.deleteFrom("link").where("subject", "in", keys).execute();
  await dropReasons(tx, keys);
  const { at, actor, role, what, reason } = cause;
  for (const subject of keys) await audit.append(tx, { at, actor, role, operator, what, subject, reason });
  const none = { conversations: 0, activities: 0 };
  return prove(tx, { at, cause: cause.proof, operator, ...none, requests: ids.length });
}

async function prove(tx: Tx, proof: Proof): Promise<Proof> {
  await tx.insertInto("proof").values(proof).execute();
  return proof;
}
