import type { Transcript } from "../turn/store.ts";
import type { Database } from "./database.ts";
import type { Rows } from "./rows.ts";

export function createTranscript({ reader }: Database, rows: Rows): Transcript {
  return {
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

    async find(conversation, activityId) {
      const row = await reader
        .selectFrom("activity")
        .selectAll()
        .where("conversation_id", "=", conversation.id)
        .where("id", "=", activityId)
        .executeTakeFirst();
      return row && rows.activity(conversation, row);
    },
  };
}
