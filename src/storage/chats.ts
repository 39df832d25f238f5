import { type ExpressionBuilder, type Selectable, type SelectQueryBuilder, sql } from "kysely";
import type { ChatCursor, ChatLine, ChatPage, ChatStand, Chats } from "../agent-console/inbox/chats.ts";
import { type ChatWords, soughtIn } from "./chat-words.ts";
import type { Database } from "./database.ts";
import { handleUntil } from "./handles.ts";
import type { Rows } from "./rows.ts";
import type { HandoffTable, Tables } from "./tables.ts";

/** Ids in one statement. */
const CHUNK = 500;

type HandoffRow = Selectable<HandoffTable>;
type Query = SelectQueryBuilder<Tables, "handoff", HandoffRow>;
type Order = { by: "requested_at" | "done_at"; direction: "asc" | "desc" };

/** The inbox of the console, on a database. */
export function createChats({ reader }: Pick<Database, "reader">, rows: Rows, words: ChatWords): Chats {
  /** With what stands in its chat. */
  async function lineOf(row: HandoffRow): Promise<ChatLine> {
    const [chat, last] = await Promise.all([
      reader
        .selectFrom("conversation")
        .select("active_at")
        .where("id", "=", row.conversation_id)
        .executeTakeFirst(),
      reader
        .selectFrom("activity")
        .select("seq")
        .where("conversation_id", "=", row.conversation_id)
        .where("by", "=", "customer")
        .orderBy("seq", "desc")
        .limit(1)
        .executeTakeFirst(),
    ]);
    return { ...rows.handoff(row), customerSeq: last?.seq ?? 0, activeAt: chat?.active_at ?? 0 };
  }

  async function page(
    query: Query,
    { by, direction }: Order,
    limit: number,
    after: ChatCursor | null,
  ): Promise<ChatPage> {
    const beyond = direction === "asc" ? ">" : "<";
    const from = after
      ? query.where((e) =>
          e.or([e(by, beyond, after.at), e.and([e(by, "=", after.at), e("handoff.id", beyond, after.id)])]),
        )
      : query;
    const found = await from
      .orderBy(by, direction)
      .orderBy("handoff.id", direction)
      .limit(limit + 1)
      .execute();
    const shown = found.slice(0, limit);
    const chats: ChatLine[] = [];
    for (const row of shown) chats.push(await lineOf(row));
    const last = shown.at(-1);
    const more = found.length > limit && last !== undefined;
    return { chats, next: more ? { at: last[by] ?? 0, id: last.id } : null };
  }

  const ofOperator = (operator: string): Query =>
    reader.selectFrom("handoff").selectAll("handoff").where("handoff.operator", "=", operator);

  /** Chats in which a word was said. */
  const saying = (e: ExpressionBuilder<Tables, "handoff">, hash: number) =>
    e("conversation_id", "in", (b) =>
      b.selectFrom("chat_word").select("chat_word.conversation_id").where("word", "=", hash),
    );

  return {
    list(operator, { show, account, language, before }, limit, after) {
      let query = ofOperator(operator);
      if (show === "closed") query = query.where("done_at", "is not", null);
      else query = query.where("done_at", "is", null);
      if (show === "unassigned") query = query.where("state", "=", "requested").where("way", "=", "chat");
      if (show === "mine") query = query.where("state", "=", "assigned").where("agent", "=", account);
      if (show === "callbacks") query = query.where("way", "=", "callback");
      if (language) query = query.where("locale", "=", language);
      if (before !== undefined) query = query.where("requested_at", "<=", before);
      const order: Order =
        show === "closed" ? { by: "done_at", direction: "desc" } : { by: "requested_at", direction: "asc" };
      return page(query, order, limit, after);
    },

    async search(operator, what, limit, after) {
      const { receipt, words: text, state, topic, agent, language, channel, from, until } = what;
      let query = ofOperator(operator);
      if (receipt !== undefined) {
        const request = await reader
          .selectFrom("request")
          .select("conversation")
          .where("operator", "=", operator)
          .where("receipt", "=", rows.receiptKey(receipt))
          .executeTakeFirst();
        if (!request) return { chats: [], next: null };
        query = query.where((e) => saying(e, words.hash(operator, "chat", request.conversation)));
      }
      if (topic !== undefined) query = query.where((e) => saying(e, words.hash(operator, "topic", topic)));
      for (const readings of text === undefined ? [] : soughtIn(text))
        query = query.where((e) =>
          e.or(
            readings.map((reading) =>
              e.and(reading.map((word) => saying(e, words.hash(operator, "word", word)))),
            ),
          ),
        );
      if (state) query = query.where("state", "=", state);
      if (agent !== undefined) query = query.where("agent", "=", agent);
      if (language) query = query.where("locale", "=", language);
      if (channel !== undefined) query = query.where("channel", "=", channel);
      if (from !== undefined) query = query.where("requested_at", ">=", from);
      if (until !== undefined) query = query.where("requested_at", "<", until);
      return page(query, { by: "requested_at", direction: "desc" }, limit, after);
    },

    async counts(operator, account) {
      const found = await reader
        .selectFrom("handoff")
        .select((e) => [
          e.fn.countAll<number>().as("all"),
          sql<number>`sum(way = 'callback')`.as("callbacks"),
          sql<number>`sum(way = 'chat' and state = 'requested')`.as("unassigned"),
          sql<number>`sum(state = 'assigned' and agent = ${account})`.as("mine"),
        ])
        .where("operator", "=", operator)
        .where("done_at", "is", null)
        .executeTakeFirstOrThrow();
      const { all, callbacks, unassigned, mine } = found;
      return { all, callbacks: callbacks ?? 0, unassigned: unassigned ?? 0, mine: mine ?? 0 };
    },

    async lines(ids) {
      const lines: ChatLine[] = [];
      for (let from = 0; from < ids.length; from += CHUNK) {
        const some = ids.slice(from, from + CHUNK);
        const found = await reader.selectFrom("handoff").selectAll().where("id", "in", some).execute();
        for (const row of found) lines.push(await lineOf(row));
      }
      return lines;
    },

    async open(conversations) {
      const query = reader
        .selectFrom("handoff")
        .innerJoin("conversation", "conversation.id", "handoff.conversation_id")
        .select([
          "handoff.id as id",
          "handoff.operator as operator",
          "handoff.conversation_id as conversation",
          "handoff.version as version",
          "conversation.last_seq as seq",
        ])
        .where("done_at", "is", null);
      if (!conversations) return query.execute();
      const found: ChatStand[] = [];
      for (let from = 0; from < conversations.length; from += CHUNK)
        found.push(
          ...(await query
            .where("handoff.conversation_id", "in", conversations.slice(from, from + CHUNK))
            .execute()),
        );
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
      const found = await reader
        .selectFrom("handoff")
        .select(["agent", (e) => e.fn.countAll<number>().as("n")])
        .where("operator", "=", operator)
        .where("done_at", "is", null)
        .where("state", "=", "assigned")
        .groupBy("agent")
        .execute();
      return new Map(found.flatMap(({ agent, n }) => (agent === null ? [] : [[agent, n] as const])));
    },
  };
}
