import { isLocked } from "../requests/tries.ts";
import { type Links, LOOK_AGAIN_MS, type Opening, type Target } from "../turn/links.ts";
import type { Opened } from "./opened.ts";
import type { Rows } from "./rows.ts";
import type { Tx } from "./writer.ts";

/** Links that open once, on a database. */
export function createLinks({ ours, rows, audit }: Pick<Opened, "ours" | "rows" | "audit">): Links {
  const { writer, reader } = ours;
  const { seal } = rows;
  const hashOf = (what: Target["what"], link: string) => linkHash(rows, what, link);
  const rowOf = (db: Tx, hash: string) =>
    db.selectFrom("link").selectAll().where("hash", "=", hash).executeTakeFirst();

  /** A wrong code is a try at that receipt number, as one in a chat is. */
  async function judge(
    tx: Tx,
    { operator, receipt }: Extract<Target, { what: "own-data" }>,
    code: string | undefined,
    now: number,
  ): Promise<"right" | Exclude<Opening["kind"], "opened">> {
    if (code === undefined) return "unopened";
    const subject = rows.triesOfRequest(operator, receipt);
    const tries = await tx
      .selectFrom("attempt")
      .select(["at", "arrival"])
      .where("subject", "=", subject)
      .execute();
    const times = tries.map(({ at }) => at);
    if (isLocked(times, now)) return "locked";
    const found = await tx
      .selectFrom("request")
      .select("id")
      .where("receipt", "=", rows.receiptKey(receipt))
      .where("code", "=", rows.codeKey(receipt, code))
      .where("operator", "=", operator)
      .executeTakeFirst();
    if (found) return "right";
    // Arrivals of chats are counted upwards from one: these are told apart from them.
    const arrival = Math.min(0, ...tries.map((row) => row.arrival)) - 1;
    await tx.insertInto("attempt").values({ subject, arrival, at: now }).execute();
    return isLocked([...times, now], now) ? "locked" : "wrong-code";
  }

  return {
    make(link, target, until, told) {
      return writer.write(async (tx) => {
        const operator = await insertLink(tx, rows, link, target, until);
        if (operator === undefined) return false;
        if (told) await audit.append(tx, { ...told, operator });
        return true;
      });
    },

    async look(what, link, now) {
      const row = await rowOf(reader, hashOf(what, link));
      if (!row) return { kind: "unknown" };
      if (row.opened_at !== null) return { kind: "used" };
      return row.until > now ? { kind: "unopened", operator: row.operator } : { kind: "unknown" };
    },

    async open(what, link, { session, code }, now) {
      const hash = hashOf(what, link);
      const own = seal.hash("link session", hash, session);
      // Whoever guesses keeps nobody from writing.
      if (!(await rowOf(reader, hash))) return { kind: "unknown" };
      return writer.write(async (tx): Promise<Opening> => {
        const row = await rowOf(tx, hash);
        if (!row) return { kind: "unknown" };
        const target = seal.open({ column: "link", operator: row.operator, row: hash }, row.body) as Target;
        if (row.opened_at !== null) {
          const mine = row.session === own && Math.abs(now - row.opened_at) < LOOK_AGAIN_MS;
          return mine ? { kind: "opened", target } : { kind: "used" };
        }
        if (row.until <= now) return { kind: "unknown" };
        if (target.what === "own-data") {
          const judged = await judge(tx, target, code, now);
          if (judged !== "right") return { kind: judged };
        }
        await tx
          .updateTable("link")
          .set({ opened_at: now, session: own })
          .where("hash", "=", hash)
          .where("opened_at", "is", null)
          .execute();
        return { kind: "opened", target };
      });
    },
  };
}

/** Keeps a link, in somebody's transaction. Gives the operator; undefined when there is no such chat or request. */
export async function insertLink(
  tx: Tx,
  rows: Rows,
  link: string,
  target: Target,
  until: number,
): Promise<string | undefined> {
  const hook = await hookOf(tx, rows, target);
  if (!hook) return undefined;
  const hash = linkHash(rows, target.what, link);
  const body = rows.seal.seal({ column: "link", operator: hook.operator, row: hash }, target);
  await tx
    .insertInto("link")
    .values({ hash, ...hook, until, opened_at: null, session: null, body })
    .execute();
  return hook.operator;
}

const linkHash = (rows: Rows, what: Target["what"], link: string) => rows.seal.hash("link", what, link);

/** Where it hangs: the operator, and the keyed hash of the chat or receipt; undefined when that is not there. */
async function hookOf(
  tx: Tx,
  rows: Rows,
  target: Target,
): Promise<{ operator: string; subject: string } | undefined> {
  if (target.what === "transcript") {
    const chat = await tx
      .selectFrom("conversation")
      .select("operator")
      .where("id", "=", target.conversation)
      .executeTakeFirst();
    return chat && { operator: chat.operator, subject: rows.chatKey(target.conversation) };
  }
  const subject = rows.receiptKey(target.receipt);
  const request = await tx
    .selectFrom("request")
    .select("operator")
    .where("receipt", "=", subject)
    .where("operator", "=", target.operator)
    .executeTakeFirst();
  return request && { operator: request.operator, subject };
}
