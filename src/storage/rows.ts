import type { Insertable, Selectable } from "kysely";
import type { Change, Draft, NewRequest, RequestState, RequestView } from "../requests/register.ts";
import type { Activity, Content } from "../turn/activity.ts";
import type { Conversation } from "../turn/store.ts";
import type { Talk } from "../turn/talk.ts";
import type { Place, Seal } from "./seal.ts";
import type { ActivityTable, ConversationTable, DraftTable, RequestTable } from "./tables.ts";

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

  requestRow(conversation: Conversation, request: NewRequest, state: RequestState): Insertable<RequestTable> {
    const { operator, channel, customer } = conversation;
    const { type, locale, form, person, answers, consent, receipt } = request;
    const key = this.receiptKey(receipt);
    return {
      operator,
      type,
      receipt: key,
      code: this.codeKey(receipt, request.code),
      state,
      received_at: request.receivedAt,
      target_on: request.targetOn,
      conversation: this.chatKey(conversation.id),
      form,
      customer: this.customerKey(channel, customer),
      person: person === undefined ? null : this.personKey(operator, person),
      locale,
      body: this.seal.seal(place("request", conversation, key), { answers, consent, receipt }),
    };
  }

  request(row: Selectable<RequestTable>): RequestView {
    const at = { column: "request", operator: row.operator, row: row.receipt } as const;
    const { receipt } = this.seal.open(at, row.body) as Pick<NewRequest, "receipt">;
    const { type, state, received_at, target_on } = row;
    return { type, receipt, state, receivedAt: received_at, targetOn: target_on };
  }

  draftRow(
    conversation: Conversation,
    { code, until, draft }: Extract<Change, { do: "save" }>,
  ): Insertable<DraftTable> {
    const { id, operator } = conversation;
    const key = this.draftKey(operator, code);
    const body = this.seal.seal(place("draft", conversation, key), draft);
    return { code: key, operator, conversation: this.chatKey(id), until, taken_by: null, body };
  }

  draft({ operator, code, body }: Selectable<DraftTable>): Draft {
    return this.seal.open({ column: "draft", operator, row: code }, body) as Draft;
  }

  receiptKey = (receipt: string) => this.seal.hash("receipt", receipt);
  codeKey = (receipt: string, code: string) => this.seal.hash("status code", receipt, code);
  draftKey = (operator: string, code: string) => this.seal.hash("draft", operator, code);
  chatKey = (conversation: string) => this.seal.hash("chat", conversation);
  customerKey = (channel: string, customer: string) => this.seal.hash("customer", channel, customer);
  personKey = (operator: string, person: string) => this.seal.hash("person", operator, person);
  /** Whose tries are counted together: a number's at an operator, known or not; a chat's at codes of drafts. */
  triesOfRequest = (operator: string, receipt: string) => this.seal.hash("tries", operator, receipt);
  triesOfDrafts = (conversation: string) => this.seal.hash("draft tries", conversation);
}

export function place(column: Place["column"], conversation: Conversation, row: string): Place {
  return { column, operator: conversation.operator, row };
}
