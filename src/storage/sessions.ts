import type { Sessions } from "../channels/direct-line/sessions.ts";
import type { Database } from "./database.ts";
import type { Rows } from "./rows.ts";

export function createSessions({ writer, reader }: Database, rows: Rows): Sessions {
  const { seal } = rows;
  return {
    async begin(conversation, resume, until) {
      const row = {
        conversation_id: conversation,
        resume: seal.hash("resume", resume),
        until,
        generation: 0,
      };
      await writer.write((tx) => tx.insertInto("session").values(row).execute(), "awaited");
    },

    resume(operator, resume, next, until, now) {
      const [old, fresh] = [seal.hash("resume", resume), seal.hash("resume", next)];
      return writer.write(async (tx) => {
        const found = await tx
          .selectFrom("session")
          .innerJoin("conversation", "conversation.id", "session.conversation_id")
          .select(["conversation.id", "channel", "operator", "customer", "generation"])
          .where("resume", "=", old)
          .where("until", ">", now)
          .where("operator", "=", operator)
          .executeTakeFirst();
        if (!found) return undefined;
        const generation = found.generation + 1;
        await tx
          .updateTable("session")
          .set({ resume: fresh, until, generation })
          .where("conversation_id", "=", found.id)
          .execute();
        return { conversation: found.id, customer: rows.conversation(found).customer, generation };
      });
    },

    async generation(conversation) {
      const found = await reader
        .selectFrom("conversation")
        .leftJoin("session", "session.conversation_id", "conversation.id")
        .select("session.generation")
        .where("conversation.id", "=", conversation)
        .executeTakeFirst();
      return found && (found.generation ?? 0);
    },

    useTicket(ticket, until) {
      const hash = seal.hash("ticket", ticket);
      return writer.write(async (tx) => {
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto("ticket")
          .values({ hash, until })
          .onConflict((c) => c.column("hash").doNothing())
          .executeTakeFirstOrThrow();
        return numInsertedOrUpdatedRows === 1n;
      });
    },
  };
}
