import { setImmediate } from "node:timers/promises";
import { type Expression, type ExpressionBuilder, type SelectQueryBuilder, type SqlBool, sql } from "kysely";
import type { ChatCursor, ChatSearch } from "../agent-console/inbox/chats.ts";
import { type ChatWords, soughtIn } from "./chat-words.ts";
import type { Database } from "./database.ts";
import type { Rows } from "./rows.ts";
import type { Tables } from "./tables.ts";

/** Hand-offs that are looked through at once; between two pieces whoever waits for the network is heard. */
const PIECE = 1_000;
/** What is said in no more chats than this is looked up by its word; the chats of what is said everywhere are not listed. */
const FEW = 500;

/** What a chat must hold: of one of the readings every word, as its hash. */
type Part = readonly (readonly number[])[];
type Query = SelectQueryBuilder<Tables, "handoff", Place>;
type Condition = (e: ExpressionBuilder<Tables, "handoff">) => Expression<SqlBool>;

/** Where a hand-off stands in the order of what was found: the newest call first. */
type Place = { id: string; requested_at: number };

/** Finds hand-offs by their ids alone: nothing is opened here. */
export function createChatSearch({ reader }: Pick<Database, "reader">, rows: Rows, words: ChatWords) {
  /** Undefined: there is no such request. */
  async function partsOf(operator: string, { receipt, topic, words: text }: ChatSearch) {
    const parts: Part[] = [];
    if (receipt !== undefined) {
      const request = await reader
        .selectFrom("request")
        .select("conversation")
        .where("operator", "=", operator)
        .where("receipt", "=", rows.receiptKey(receipt))
        .executeTakeFirst();
      if (!request) return undefined;
      parts.push([[words.hash(operator, "chat", request.conversation)]]);
    }
    if (topic !== undefined) parts.push([[words.hash(operator, "topic", topic)]]);
    for (const readings of text === undefined ? [] : soughtIn(text))
      parts.push(readings.map((reading) => reading.map((word) => words.hash(operator, "word", word))));
    return parts;
  }

  /** The chats of a word; undefined: there are more than a few. */
  async function chatsOf(word: number): Promise<string[] | undefined> {
    const query = reader.selectFrom("chat_word").select("conversation_id").where("word", "=", word);
    const beyond = await query.limit(1).offset(FEW).execute();
    return beyond.length > 0 ? undefined : (await query.execute()).map((row) => row.conversation_id);
  }

  /** The chats that are left when one part of the search is rare; undefined: none is. */
  async function fewOf(parts: readonly Part[]): Promise<Set<string> | undefined> {
    for (const part of parts) {
      const chats = new Set<string>();
      let rare = true;
      for (const reading of part) {
        const rarest = await rarestOf(reading);
        if (rarest) for (const chat of rarest) chats.add(chat);
        else rare = false;
      }
      if (rare) return chats;
    }
    return undefined;
  }

  async function rarestOf(reading: readonly number[]): Promise<string[] | undefined> {
    for (const word of reading) {
      const chats = await chatsOf(word);
      if (chats) return chats;
    }
    return undefined;
  }

  const handoffs: Query = reader.selectFrom("handoff").select(["handoff.id", "requested_at"]);

  /** The last place of the next piece; undefined: there is no other piece behind it. */
  async function endOfPiece(
    operator: string,
    { from, until }: ChatSearch,
    after: Place | null,
  ): Promise<Place | undefined> {
    const piece = narrowed(handoffs, { from, until }, after).where("operator", "=", operator);
    const found = await newestFirst(piece, 1)
      .offset(PIECE - 1)
      .execute();
    return found[0];
  }

  /** The places of the first `limit` that are found, in their order. */
  return async (
    operator: string,
    what: ChatSearch,
    limit: number,
    cursor: ChatCursor | null,
  ): Promise<Place[]> => {
    const parts = await partsOf(operator, what);
    if (!parts) return [];
    let query = handoffs;
    for (const part of parts) query = query.where(saying(part));
    let after = cursor && { id: cursor.id, requested_at: cursor.at };
    const few = await fewOf(parts);
    if (few?.size === 0) return [];
    if (few) {
      // Asked for by the operator too, the database would go through all of the operator's.
      const some = narrowed(query, what, after)
        .select("operator")
        .where("conversation_id", "in", [...few]);
      const found = await newestFirst(some).execute();
      return found.filter((row) => row.operator === operator).slice(0, limit);
    }
    const found: Place[] = [];
    for (;;) {
      const end = await endOfPiece(operator, what, after);
      let piece = narrowed(query, what, after).where("operator", "=", operator);
      if (end) piece = piece.where(upTo(end));
      found.push(...(await newestFirst(piece, limit - found.length).execute()));
      if (!end || found.length >= limit) return found;
      after = end;
      await setImmediate();
    }
  };
}

/** What comes after a place, of what is searched for besides words. */
function narrowed(query: Query, what: ChatSearch, after: Place | null): Query {
  const { state, agent, language, channel, from, until } = what;
  let some = query;
  if (state) some = some.where("state", "=", state);
  if (agent !== undefined) some = some.where("agent", "=", agent);
  if (language) some = some.where("locale", "=", language);
  if (channel !== undefined) some = some.where("channel", "=", channel);
  if (from !== undefined) some = some.where("requested_at", ">=", from);
  if (until !== undefined) some = some.where("requested_at", "<", until);
  return after ? some.where(beyond(after)) : some;
}

function newestFirst<O>(query: SelectQueryBuilder<Tables, "handoff", O>, limit?: number) {
  const ordered = query.orderBy("requested_at", "desc").orderBy("handoff.id", "desc");
  return limit === undefined ? ordered : ordered.limit(limit);
}

const compared =
  (operator: "<" | ">=") =>
  ({ id, requested_at }: Place): Condition =>
  (e) =>
    e(e.refTuple("requested_at", "handoff.id"), operator, e.tuple(requested_at, id));

/** What comes after a place, and what comes until it. */
const beyond = compared("<");
const upTo = compared(">=");

/** Chats that hold this. */
const saying =
  (part: Part): Condition =>
  (e) =>
    e.or(
      part.map((reading) =>
        e.and(
          reading.map((word) =>
            e.exists(
              e
                .selectFrom("chat_word")
                .select(sql.lit(1).as("one"))
                .where("word", "=", word)
                .whereRef("chat_word.conversation_id", "=", "handoff.conversation_id"),
            ),
          ),
        ),
      ),
    );
