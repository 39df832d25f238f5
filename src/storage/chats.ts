import { type Selectable, type SelectQueryBuilder, sql } from "kysely";
import type { ChatLine, ChatPage, ChatStand, Chats } from "../agent-console/inbox/chats.ts";
import { createChatSearch } from "./chat-search.ts";
import type { ChatWords } from "./chat-words.ts";
import type { Database } from "./database.ts";
import { handleUntil } from "./handles.ts";
import { inPieces } from "./pieces.ts";
import type { Rows } from "./rows.ts";
import type { HandoffTable, Tables } from "./tables.ts";

/** Ids in one statement. */
const CHUNK = 500;

type Found = Pick<Selectable<HandoffTable>, "id">;
type Query = SelectQueryBuilder<Tables, "handoff", object>;

/**
 * The inbox of the console, on a database. What a list shows is found by its id first; only the rows of the page are
 * read and opened.
 */
export function createChats({ reader }: Pick<Database, "reader">, rows: Rows, words: ChatWords): Chats {
  const search = createChatSearch({ reader }, rows, words);

  /** With what stands in their chats, in no order. */
  async function linesOf(ids: readonly string[]): Promise<ChatLine[]> {
    const lines: ChatLine[] = [];
    for (let from = 0; from < ids.length; from += CHUNK) {
      const found = await reader
        .selectFrom("handoff")
        .leftJoin("conversation", "conversation.id", "handoff.conversation_id")
        .selectAll("handoff")
        .select("conversation.active_at")
        .select((e) =>
          e
            .selectFrom("activity")
            .select("seq")
            .whereRef("activity.conversation_id", "=", "handoff.conversation_id")
            .where("by", "=", "customer")
            .orderBy("seq", "desc")
            .limit(1)
            .as("customer_seq"),
        )
        .where("handoff.id", "in", ids.slice(from, from + CHUNK))
        .execute();
      for (const { active_at, customer_seq, ...row } of found)
        lines.push({ ...rows.handoff(row), customerSeq: customer_seq ?? 0, activeAt: active_at ?? 0 });
    }
    return lines;
  }

  /** `found`: a page and one more, when there is more. */
  async function page<T extends Found>(
    found: readonly T[],
    limit: number,
    at: (row: T) => number,
  ): Promise<ChatPage> {
    const shown = found.slice(0, limit);
    const lines = new Map((await linesOf(shown.map(({ id }) => id))).map((line) => [line.id, line]));
    const last = shown.at(-1);
    return {
      chats: shown.flatMap(({ id }) => lines.get(id) ?? []),
      next: last && found.length > limit ? { at: at(last), id: last.id } : null,
    };
  }

  const openAt = (operator: string): Query =>
    reader.selectFrom("handoff").where("operator", "=", operator).where("done_at", "is", null);
  // The indices of these stand on what is said here word for word: a parameter would not find them.
  const waitingAt = (operator: string): Query =>
    openAt(operator).where("way", "=", sql.lit("chat")).where("state", "=", sql.lit("requested"));
  const callbacksAt = (operator: string): Query => openAt(operator).where("way", "=", sql.lit("callback"));
  const heldAt = (operator: string): Query => openAt(operator).where("state", "=", "assigned");

  const counted = (query: Query) => query.select((e) => e.fn.countAll<number>().as("n"));

  return {
    async list(operator, { show, account, language, before }, limit, after) {
      const closed = show === "closed";
      const narrowed = (query: Query): Query => {
        let some = query;
        if (language) some = some.where("locale", "=", language);
        if (before !== undefined) some = some.where("requested_at", "<=", before);
        return some;
      };
      if (closed) {
        let query = narrowed(
          reader.selectFrom("handoff").where("operator", "=", operator).where("done_at", "is not", null),
        );
        if (after)
          query = query.where((e) => e(e.refTuple("done_at", "id"), "<", e.tuple(after.at, after.id)));
        const found = await query
          .select(["id", "done_at"])
          .orderBy("done_at", "desc")
          .orderBy("id", "desc")
          .limit(limit + 1)
          .execute();
        return page(found, limit, ({ done_at }) => done_at ?? 0);
      }
      const views = {
        unassigned: waitingAt,
        callbacks: callbacksAt,
        mine: (of: string) => heldAt(of).where("agent", "=", account),
        all: openAt,
      };
      let query = narrowed(views[show](operator));
      if (after)
        query = query.where((e) => e(e.refTuple("requested_at", "id"), ">", e.tuple(after.at, after.id)));
      const found = await query
        .select(["id", "requested_at"])
        .orderBy("requested_at")
        .orderBy("id")
        .limit(limit + 1)
        .execute();
      return page(found, limit, (row) => row.requested_at);
    },

    async search(operator, what, limit, after) {
      const found = await search(operator, what, limit + 1, after);
      return page(found, limit, (row) => row.requested_at);
    },

    async counts(operator) {
      const found = await reader
        .selectNoFrom([
          counted(openAt(operator)).as("all"),
          counted(callbacksAt(operator)).as("callbacks"),
          counted(waitingAt(operator)).as("unassigned"),
        ])
        .executeTakeFirstOrThrow();
      const { all, callbacks, unassigned } = found;
      return { all: all ?? 0, callbacks: callbacks ?? 0, unassigned: unassigned ?? 0 };
    },

    async countOf(operator, account) {
      const mine = counted(heldAt(operator).where("agent", "=", account));
      return (await mine.executeTakeFirstOrThrow()).n;
    },

    lines: linesOf,

    async open(conversations) {
      const query = reader
        .selectFrom("handoff")
        .innerJoin("conversation", "conversation.id", "handoff.conversation_id")
        .select(["handoff.id", "handoff.operator", "requested_at", "version", "last_seq"])
        .select("handoff.conversation_id as conversation")
        .where("done_at", "is", null);
      const standOf = ({ id, operator, conversation, version, last_seq }: Row): ChatStand => ({
        id,
        operator,
        conversation,
        version,
        seq: last_seq,
      });
      type Row = Awaited<ReturnType<typeof query.execute>>[number];
      if (!conversations) {
        const all = await inPieces<Row>((after, limit) => {
          const rest = after
            ? query.where((e) =>
                e(
                  e.refTuple("handoff.operator", "requested_at", "handoff.id"),
                  ">",
                  e.tuple(after.operator, after.requested_at, after.id),
                ),
              )
            : query;
          return rest
            .orderBy("handoff.operator")
            .orderBy("requested_at")
            .orderBy("handoff.id")
            .limit(limit)
            .execute();
        });
        return all.map(standOf);
      }
      const found: ChatStand[] = [];
      for (let from = 0; from < conversations.length; from += CHUNK) {
        const some = conversations.slice(from, from + CHUNK);
        const seen = await query.where("handoff.conversation_id", "in", some).execute();
        found.push(...seen.map(standOf));
      }
      return found;
    },

    async filed(operator, conversation) {
      const found = await reader
        .selectFrom("request")
        .selectAll()
        .where("operator", "=", operator)
        .where("conversation", "=", rows.chatKey(conversation))
        .orderBy("id", "desc")
        .limit(50)
        .execute();
      return found.map((row) => rows.requestBody(row).receipt);
    },

    freeUntil: (conversation, now) => handleUntil(reader, conversation, now),

    async held(operator) {
      const found = await heldAt(operator)
        .select(["agent", (e) => e.fn.countAll<number>().as("n")])
        .groupBy("agent")
        .execute();
      return new Map(found.flatMap(({ agent, n }) => (agent === null ? [] : [[agent, n] as const])));
    },
  };
}
