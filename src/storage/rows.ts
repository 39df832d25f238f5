import type { Selectable } from "kysely";
import type { Activity, Content } from "../turn/activity.ts";
import type { Conversation } from "../turn/store.ts";
import type { Talk } from "../turn/talk.ts";
import type { Place, Seal } from "./seal.ts";
import type { ActivityTable, ConversationTable } from "./tables.ts";

/** Rows and our words for them; the only place that knows what is sealed where. */
export class Rows {
  readonly seal: Seal;

  constructor(seal: Seal) {
    this.seal = seal;
  }

  conversation(
    row: Pick<Selectable<ConversationTable>, "id" | "channel" | "operator" | "customer">,
  ): Conversation {
    const { id, channel, operator } = row;
    const customer = this.seal.open({ column: "customer", operator, row: id }, row.customer) as string;
    return { id, channel, operator, customer };
  }

  customer(conversation: Conversation): Uint8Array {
    return this.seal.seal(place("customer", conversation, conversation.id), conversation.customer);
  }

  talk(row: Pick<Selectable<ConversationTable>, "id" | "operator" | "talk">): Talk | undefined {
    if (!row.talk) return undefined;
    return this.seal.open({ column: "talk", operator: row.operator, row: row.id }, row.talk) as Talk;
  }

  sealedTalk(conversation: Conversation, talk: Talk): Uint8Array {
    return this.seal.seal(place("talk", conversation, conversation.id), talk);
  }

  activity(conversation: Conversation, row: Selectable<ActivityTable>): Activity {
    const content = this.seal.open(
      place("activity", conversation, `${row.conversation_id}/${row.seq}`),
      row.body,
    );
    const { id, seq, at, by } = row;
    return { id, seq, at, by, replyTo: row.reply_to, content: content as Content };
  }

  activityBody(conversation: Conversation, { seq, content }: Pick<Activity, "seq" | "content">): Uint8Array {
    return this.seal.seal(place("activity", conversation, `${conversation.id}/${seq}`), content);
  }

  activityRow(conversation: Conversation, activity: Activity): ActivityTable {
    const { id, seq, at, by } = activity;
    const body = this.activityBody(conversation, activity);
    return {
      conversation_id: conversation.id,
      seq,
      id,
      at,
      by,
      reply_to: activity.replyTo,
      body,
      replaced: null,
    };
  }
}

export function place(column: Place["column"], conversation: Conversation, row: string): Place {
  return { column, operator: conversation.operator, row };
}
