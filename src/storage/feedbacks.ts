import type { Feedback, Feedbacks } from "../turn/store.ts";
import type { Database } from "./database.ts";
import { place, type Rows } from "./rows.ts";

export function createFeedbacks({ writer, reader }: Database, rows: Rows): Feedbacks {
  return {
    async put(conversation, feedback, now) {
      const row = `${conversation.id}/${feedback.activityId}`;
      const key = { conversation_id: conversation.id, activity_id: feedback.activityId };
      return writer.write(async (tx) => {
        // A chat that is deleted meanwhile must leave nothing behind.
        const chat = await tx
          .selectFrom("conversation")
          .select("id")
          .where("id", "=", conversation.id)
          .executeTakeFirst();
        if (!chat) return false;
        const body = rows.seal.seal(place("feedback", conversation, row), feedback);
        await tx
          .insertInto("feedback")
          .values({ ...key, body, at: now })
          .onConflict((c) => c.columns(["conversation_id", "activity_id"]).doUpdateSet({ body, at: now }))
          .execute();
        return true;
      });
    },

    async all(conversation) {
      const found = await reader
        .selectFrom("feedback")
        .selectAll()
        .where("conversation_id", "=", conversation.id)
        .orderBy("at")
        .execute();
      return found.map((row) => {
        const key = `${row.conversation_id}/${row.activity_id}`;
        return rows.seal.open(place("feedback", conversation, key), row.body) as Feedback;
      });
    },
  };
}
