import type { Changed, LineRecords } from "../channels/line/records.ts";
import { LOCALES } from "../reply/locale.ts";
import type { Message } from "../reply/message.ts";
import type { Activity } from "../turn/activity.ts";
import { newConversation } from "./conversations.ts";
import type { Database } from "./database.ts";
import { outboxRow } from "./outbox.ts";
import type { Rows } from "./rows.ts";
import type { ConversationTable } from "./tables.ts";
import type { Tx } from "./writer.ts";

export function createLineRecords({ writer, reader }: Database, rows: Rows): LineRecords {
  /** Says something that nobody has just asked for; gives its row in the outbox. */
  async function say(tx: Tx, chat: ConversationTable, id: string, message: Message, now: number) {
    const conversation = rows.conversation(chat);
    const content = { kind: "message", message } as const;
    const [seq, at] = [chat.last_seq + 1, Math.max(now, chat.last_at + 1)];
    const activity: Activity = { id, seq, at, by: "bot", replyTo: null, content };
    await tx.insertInto("activity").values(rows.activityRow(conversation, activity)).execute();
    await tx
      .updateTable("conversation")
      .set({ last_seq: activity.seq, last_at: activity.at, active_at: now })
      .where("id", "=", chat.id)
      .execute();
    return outboxRow(conversation, activity, now);
  }

  const chat = (db: Tx, id: string) =>
    db.selectFrom("conversation").selectAll().where("id", "=", id).executeTakeFirst();
  const localeOf = (row: ConversationTable) => rows.talk(row)?.locale ?? LOCALES[0];

  return {
    async countPush(operator, month) {
      const { count } = await writer.write((tx) =>
        tx
          .insertInto("line_pushes")
          .values({ operator, month, count: 1 })
          .onConflict((c) =>
            c.columns(["operator", "month"]).doUpdateSet((e) => ({ count: e("line_pushes.count", "+", 1) })),
          )
          .returning("count")
          .executeTakeFirstOrThrow(),
      );
      return count;
    },

    async pushes(operator, month) {
      const row = await reader
        .selectFrom("line_pushes")
        .select("count")
        .where("operator", "=", operator)
        .where("month", "=", month)
        .executeTakeFirst();
      return row?.count ?? 0;
    },

    keepNonce(operator, receipt, nonce, until) {
      return writer.write(async (tx) => {
        const request = await tx
          .selectFrom("request")
          .select("id")
          .where("receipt", "=", rows.receiptKey(receipt))
          .where("operator", "=", operator)
          .executeTakeFirst();
        if (!request) return false;
        const hash = rows.nonceKey(operator, nonce);
        await tx.insertInto("line_nonce").values({ hash, request_id: request.id, until }).execute();
        return true;
      });
    },

    link({ channel, ...party }, nonce, { words, ids, handle }, now) {
      return writer.write(async (tx) => {
        const used = await tx
          .deleteFrom("line_nonce")
          .where("hash", "=", rows.nonceKey(party.operator, nonce))
          .returning(["request_id", "until"])
          .executeTakeFirst();
        if (!used || used.until <= now) return false;
        const request = await tx
          .selectFrom("request")
          .select(["id", "state"])
          .where("id", "=", used.request_id)
          .where("operator", "=", party.operator)
          .executeTakeFirst();
        if (!request) return false;
        const key = rows.partyKey(channel, party);
        let found = await tx
          .selectFrom("conversation")
          .selectAll()
          .where("party", "=", key)
          .executeTakeFirst();
        if (!found) {
          found = newConversation(rows, { id: ids.conversation, channel, ...party }, key, now);
          await tx.insertInto("conversation").values(found).execute();
        }
        await tx
          .insertInto("line_link")
          .values({ conversation_id: found.id, request_id: request.id, told: request.state })
          .onConflict((c) =>
            c.columns(["conversation_id", "request_id"]).doUpdateSet({ told: request.state }),
          )
          .execute();
        const row = await say(tx, found, ids.activity, words(localeOf(found)), now);
        const given = rows.sealedHandle(rows.conversation(found), handle);
        await tx
          .insertInto("outbox")
          .values({ ...row, ...given })
          .execute();
        return true;
      });
    },

    async changed(limit) {
      const found = await reader
        .selectFrom("line_link as l")
        .innerJoin("request as r", "r.id", "l.request_id")
        .select("l.conversation_id")
        .selectAll("r")
        .whereRef("r.state", "<>", "l.told")
        .limit(limit)
        .execute();
      const changed: Changed[] = [];
      for (const row of found) {
        const at = await chat(reader, row.conversation_id);
        if (!at) continue;
        const { receipt } = rows.requestBody(row);
        const conversation = rows.conversation(at);
        changed.push({ conversation, request: row.id, receipt, state: row.state, locale: localeOf(at) });
      }
      return changed;
    },

    tell({ conversation, request, state }, { id, message }, now) {
      return writer.write(async (tx) => {
        const row = await tx
          .selectFrom("request")
          .select("state")
          .where("id", "=", request)
          .executeTakeFirst();
        // It has gone on meanwhile: the next round tells that.
        if (row?.state !== state) return false;
        const { numUpdatedRows } = await tx
          .updateTable("line_link")
          .set({ told: row.state })
          .where("conversation_id", "=", conversation.id)
          .where("request_id", "=", request)
          .where("told", "<>", row.state)
          .executeTakeFirstOrThrow();
        const at = numUpdatedRows > 0n ? await chat(tx, conversation.id) : undefined;
        if (!at) return false;
        await tx
          .insertInto("outbox")
          .values(await say(tx, at, id, message, now))
          .execute();
        return true;
      });
    },
  };
}
