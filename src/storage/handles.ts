import type { Selectable } from "kysely";
import type { InboxTable } from "./tables.ts";
import type { Tx } from "./writer.ts";

/** No platform's own way to answer is good for longer: older arrivals are not looked at (`inbox_age`). */
const LONGEST_MS = 5 * 60_000;

type Handle = Pick<Selectable<InboxTable>, "handle" | "handle_until">;
export const NO_HANDLE: Handle = { handle: null, handle_until: null };

/**
 * A customer's words to a person are answered by nobody at once, so their arrival keeps the platform's way to answer it:
 * what the agent says while that lives goes by it, and costs nothing. Each is good once.
 */
export async function takeHandle(tx: Tx, conversation: string, now: number): Promise<Handle> {
  const kept = await keptHandles(tx, conversation, now)
    .select(["id", "handle", "handle_until"])
    .orderBy("handle_until")
    .limit(1)
    .executeTakeFirst();
  if (!kept) return NO_HANDLE;
  const { id, ...handle } = kept;
  await tx.updateTable("inbox").set(NO_HANDLE).where("id", "=", id).execute();
  return handle;
}

/** Until when (ms since 1970) something may be said by a handle that was kept; null: none is left. */
export async function handleUntil(db: Tx, conversation: string, now: number): Promise<number | null> {
  const { until } = await keptHandles(db, conversation, now)
    .select((e) => e.fn.max("handle_until").as("until"))
    .executeTakeFirstOrThrow();
  return until;
}

function keptHandles(db: Tx, conversation: string, now: number) {
  return db
    .selectFrom("inbox")
    .where("conversation_id", "=", conversation)
    .where("received_at", ">", now - LONGEST_MS)
    .where("state", "=", "done")
    .where("handle_until", ">", now);
}
