import type { Transcript } from "../turn/store.ts";
import type { Database } from "./database.ts";
import type { Rows } from "./rows.ts";
import { createTakeBack } from "./take-back.ts";

/** Ids in one statement. */
const CHUNK = 500;

export function createTranscript(database: Database, rows: Rows): Transcript {
  const { reader } = database;
  return {
    takeBack: createTakeBack(database, rows),

    async after(conversation, after, limit) {
      const found = await reader
        .selectFrom("activity")
        .selectAll()
        .where("conversation_id", "=", conversation.id)
        .where("seq", ">", after)
        .orderBy("seq")
        .limit(limit)
        .execute();
      return found.map((row) => rows.activity(conversation, row));
    },

    async replaced(conversation, after, until) {
      const found = await reader
        .selectFrom("activity")
        .selectAll()
        .where("conversation_id", "=", conversation.id)
        .where("replaced", "is not", null)
        .where("replaced", ">", after)
        .where("replaced", "<=", until)
        .where("seq", "<=", after)
        .orderBy("seq")
        .execute();
      return found.map((row) => rows.activity(conversation, row));
    },

    async find(conversation, activityId) {
      const row = await reader
        .selectFrom("activity")
        .selectAll()
        .where("conversation_id", "=", conversation.id)
        .where("id", "=", activityId)
        .executeTakeFirst();
      return row && rows.activity(conversation, row);
    },

    async lastSeqs(conversations) {
      const last = new Map<string, number>();
      for (let from = 0; from < conversations.length; from += CHUNK) {
        const ids = conversations.slice(from, from + CHUNK);
        const found = await reader
          .selectFrom("conversation")
          .select(["id", "last_seq"])
          .where("id", "in", ids)
          .execute();
        for (const row of found) last.set(row.id, row.last_seq);
      }
      return last;
    },
  };
}
