import {
  type Audience,
  CAUSED_BY_CUSTOMERS,
  codeNotice,
  DAY_MS,
  draftReminder,
  MOST_A_DAY,
  noticesOf,
} from "../notices/causes.ts";
import type { Dated } from "../notices/notice.ts";
import type { NoticeOutbox, Posting } from "../notices/outbox.ts";
import type { Change } from "../requests/register.ts";
import { isOpen, REQUEST_STATES, type RequestEvent } from "../requests/state.ts";
import type { Conversation } from "../turn/store.ts";
import type { Talk } from "../turn/talk.ts";
import type { Database } from "./database.ts";
import type { Rows } from "./rows.ts";
import type { RequestTable } from "./tables.ts";
import type { Tx } from "./writer.ts";

/** A request whose event is told. */
type About = Pick<RequestTable, "operator" | "type" | "receipt" | "locale" | "body"> & { id: number };

/** Writes notices within the transaction of what causes them; nobody is written to who is not told of. */
export interface NoticeBook {
  /** Of an event of a request, the `seq`th. */
  ofEvent(tx: Tx, request: About, seq: number, event: RequestEvent): Promise<void>;
  /** Of a draft that was saved, whose code hashes to `draft`. */
  ofDraft(
    tx: Tx,
    conversation: Conversation,
    draft: string,
    saved: Extract<Change, { do: "save" }>,
    locale: Talk["locale"],
    now: number,
  ): Promise<void>;
  /** The mail with a code, at the wish of an arrival. */
  ofCode(tx: Tx, request: About, arrival: number, code: string, now: number): Promise<void>;
}

export const NO_ONE: Audience = { customers: false, desks: new Set() };

export function createNoticeBook(rows: Rows, audience: Audience): NoticeBook {
  async function write(
    tx: Tx,
    { operator, requestId, draft }: { operator: string; requestId?: number; draft?: string },
    event: string,
    dated: readonly Dated[],
    now: number,
  ): Promise<void> {
    for (const { notice, dueAt, until } of dated) {
      const address = notice.for === "customer" ? rows.addressKey(operator, notice.to) : null;
      if (notice.for === "customer" && CAUSED_BY_CUSTOMERS.includes(notice.kind))
        if (await isFull(tx, address ?? "", now)) continue;
      const about = requestId === undefined ? `draft ${draft}` : `request ${requestId}`;
      const key = rows.noticeKey(operator, about, notice.for, notice.kind, event);
      await tx
        .insertInto("notice")
        .values({
          key,
          operator,
          request_id: requestId ?? null,
          draft: draft ?? null,
          audience: notice.for,
          kind: notice.kind,
          address,
          at: now,
          due_at: dueAt,
          until_at: until,
          tries: 0,
          state: "waiting",
          body: rows.noticeBody(operator, key, notice),
        })
        .onConflict((c) => c.column("key").doNothing())
        .execute();
    }
  }
  async function isFull(tx: Tx, address: string, now: number): Promise<boolean> {
    const { n } = await tx
      .selectFrom("notice")
      .select((e) => e.fn.countAll<number>().as("n"))
      .where("address", "=", address)
      .where("at", ">", now - DAY_MS)
      .where("kind", "in", CAUSED_BY_CUSTOMERS)
      .executeTakeFirstOrThrow();
    return n >= MOST_A_DAY;
  }

  const aboutOf = (request: About) => ({ ...request, ...rows.requestBody(request) });

  return {
    async ofEvent(tx, request, seq, event) {
      // Whatever moves a request ends what it was reminded of, and a closed one needs no code.
      if (REQUEST_STATES.some((state) => state === event.kind)) {
        const kinds = isOpen(event.kind as (typeof REQUEST_STATES)[number])
          ? ["reminder"]
          : ["reminder", "code"];
        await tx
          .deleteFrom("notice")
          .where("request_id", "=", request.id)
          .where("state", "=", "waiting")
          .where("kind", "in", kinds)
          .execute();
      }
      if (!audience.customers && !audience.desks.has(request.operator)) return;
      const { operator, id } = request;
      const dated = noticesOf(aboutOf(request), event, audience);
      await write(tx, { operator, requestId: id }, String(seq), dated, event.at);
    },

    async ofDraft(tx, { operator }, draft, { until, draft: saved }, locale, now) {
      const dated = draftReminder({ mail: saved.mail, locale, until }, now, audience);
      await write(tx, { operator, draft }, "saved", dated, now);
    },

    async ofCode(tx, request, arrival, code, now) {
      await tx
        .deleteFrom("notice")
        .where("request_id", "=", request.id)
        .where("kind", "=", "code")
        .where("state", "=", "waiting")
        .execute();
      const dated = codeNotice(aboutOf(request), code, now);
      if (audience.customers && dated)
        await write(tx, { operator: request.operator, requestId: request.id }, String(arrival), [dated], now);
    },
  };
}

/** The notices' outbox on a database. */
export function createNotices({ writer, reader }: Database, rows: Rows): NoticeOutbox {
  return {
    async claimDue(now, limit, leaseMs) {
      const any = await reader
        .selectFrom("notice")
        .select("id")
        .where("state", "=", "waiting")
        .where("due_at", "<=", now)
        .limit(1)
        .executeTakeFirst();
      if (!any) return [];
      return writer.write(async (tx) => {
        await tx
          .updateTable("notice")
          .set({ state: "dead", body: null })
          .where("state", "=", "waiting")
          .where("due_at", "<=", now)
          .where("until_at", "<=", now)
          .execute();
        const due = await tx
          .selectFrom("notice")
          .selectAll()
          .where("state", "=", "waiting")
          .where("due_at", "<=", now)
          .orderBy("due_at")
          .orderBy("id")
          .limit(limit)
          .execute();
        const postings: Posting[] = [];
        for (const row of due) {
          if (!row.body) continue;
          const { id, operator, key, until_at: until } = row;
          const tries = row.tries + 1;
          await tx
            .updateTable("notice")
            .set({ tries, due_at: now + leaseMs })
            .where("id", "=", id)
            .execute();
          postings.push({ id, operator, key, notice: rows.notice(row, row.body), tries, until });
        }
        return postings;
      });
    },

    async sent({ id }, now) {
      await writer.write((tx) =>
        tx.updateTable("notice").set({ state: "sent", body: null, at: now }).where("id", "=", id).execute(),
      );
    },

    async failed({ id }, dueAt) {
      const set = dueAt === null ? { state: "dead" as const, body: null } : { due_at: dueAt };
      await writer.write((tx) => tx.updateTable("notice").set(set).where("id", "=", id).execute());
    },

    async counts() {
      const found = await reader
        .selectFrom("notice")
        .select(["state", (e) => e.fn.countAll<number>().as("n")])
        .where("state", "in", ["waiting", "dead"])
        .groupBy("state")
        .execute();
      const count = (state: "waiting" | "dead") => found.find((row) => row.state === state)?.n ?? 0;
      return { waiting: count("waiting"), dead: count("dead") };
    },
  };
}

/** Nobody is reminded of a draft that is gone. */
export async function dropNoticesOfDrafts(tx: Tx): Promise<void> {
  await tx
    .deleteFrom("notice")
    .where("draft", "is not", null)
    .where("draft", "not in", (e) => e.selectFrom("draft").select("code"))
    .execute();
}
