import type { Conversation, ReadMarks } from "../turn/store.ts";
import type { Database } from "./database.ts";
import type { Rows } from "./rows.ts";
import type { Tx } from "./writer.ts";

export function createReadMarks({ writer, reader }: Database, rows: Rows): ReadMarks {
  return {
    async take(conversation, seq) {
      // Most chats have none: nothing is written to find that out.
      const any = await reader
        .selectFrom("read_mark")
        .select("seq")
        .where("conversation_id", "=", conversation.id)
        .where("seq", "<=", seq)
        .limit(1)
        .executeTakeFirst();
      if (!any) return undefined;
      const taken = await writer.write((tx) =>
        tx
          .deleteFrom("read_mark")
          .where("conversation_id", "=", conversation.id)
          .where("seq", "<=", seq)
          .returning(["seq", "body"])
          .execute(),
      );
      const last = taken.sort((a, b) => a.seq - b.seq).at(-1);
      return last && rows.openReadMark(conversation, last);
    },
  };
}

/** Keeps the mark of a line that was just recorded. */
export async function keepReadMark(
  tx: Tx,
  rows: Rows,
  conversation: Conversation,
  seq: number,
  mark: string,
): Promise<void> {
  const body = rows.readMark(conversation, seq, mark);
  await tx.insertInto("read_mark").values({ conversation_id: conversation.id, seq, body }).execute();
}
