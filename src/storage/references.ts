import type { Address, References } from "../channels/teams/references.ts";
import type { Conversation } from "../turn/store.ts";
import type { Database } from "./database.ts";
import { place, type Rows } from "./rows.ts";

export function createReferences({ writer, reader }: Database, rows: Rows): References {
  const at = (conversation: Conversation) => place("reference", conversation, conversation.id);
  const find = async (conversation: Conversation): Promise<Address | undefined> => {
    const row = await reader
      .selectFrom("teams_reference")
      .select("body")
      .where("conversation_id", "=", conversation.id)
      .executeTakeFirst();
    return row && (rows.seal.open(at(conversation), row.body) as Address);
  };
  return {
    find,

    async keep(conversation, address) {
      if (JSON.stringify(await find(conversation)) === JSON.stringify(address)) return;
      await writer.write((tx) => {
        const body = rows.seal.seal(at(conversation), address);
        return tx
          .insertInto("teams_reference")
          .values({ conversation_id: conversation.id, body })
          .onConflict((c) => c.column("conversation_id").doUpdateSet({ body }))
          .execute();
      }, "awaited");
    },

    async drop(conversation) {
      await writer.write((tx) =>
        tx.deleteFrom("teams_reference").where("conversation_id", "=", conversation).execute(),
      );
    },

    async taken({ id }, activityId, part, theirs) {
      const row = {
        conversation_id: id,
        activity_id: activityId,
        part,
        theirs: theirs === undefined ? null : theirsKey(id, theirs),
      };
      await writer.write((tx) =>
        tx
          .insertInto("teams_message")
          .values(row)
          .onConflict((c) => c.columns(["conversation_id", "activity_id", "part"]).doNothing())
          .execute(),
      );
    },

    async partsTaken({ id }, activityId) {
      const { n } = await reader
        .selectFrom("teams_message")
        .select((e) => e.fn.countAll<number>().as("n"))
        .where("conversation_id", "=", id)
        .where("activity_id", "=", activityId)
        .executeTakeFirstOrThrow();
      return Number(n);
    },

    async ours({ id }, theirs) {
      const row = await reader
        .selectFrom("teams_message")
        .select("activity_id")
        .where("conversation_id", "=", id)
        .where("theirs", "=", theirsKey(id, theirs))
        .executeTakeFirst();
      return row?.activity_id;
    },
  };

  function theirsKey(conversation: string, theirs: string): string {
    return rows.seal.hash("teams message", conversation, theirs);
  }
}
