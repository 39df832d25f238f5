import type { Insertable, Selectable } from "kysely";
import type { Callback, Handoff, PrivateNote, Trigger } from "../handoff/handoff.ts";
import type { Notice } from "../notices/notice.ts";
import type { Listed, Note, Paper, Prepared } from "../requests/docket.ts";
import type { Change, Draft, NewRequest, RequestView } from "../requests/register.ts";
import { EventsBroken, filed, type RequestEvent, replay, type Standing } from "../requests/state.ts";
import type { Activity, Content } from "../turn/activity.ts";
import type { Conversation, Handle, Party } from "../turn/store.ts";
import type { Talk } from "../turn/talk.ts";
import type { Place, Seal } from "./seal.ts";
import type {
  ActivityTable,
  ConversationTable,
  DraftTable,
  HandoffNoteTable,
  HandoffTable,
  NoticeTable,
  ReadMarkTable,
  RequestEventTable,
  RequestTable,
} from "./tables.ts";

type RequestRow = Selectable<RequestTable>;
type RequestBody = Pick<NewRequest, "answers" | "consent" | "receipt" | "mail">;

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

  requestRow(conversation: Conversation, request: NewRequest): Insertable<RequestTable> {
    const { operator, channel, customer } = conversation;
    const { type, locale, form, person, answers, consent, receipt, receivedAt, targetOn } = request;
    const key = this.receiptKey(receipt);
    return {
      operator,
      type,
      receipt: key,
      code: this.codeKey(receipt, request.code),
      conversation: this.chatKey(conversation.id),
      form,
      customer: this.customerKey(channel, customer),
      person: person === undefined ? null : this.personKey(operator, person),
      locale,
      body: this.seal.seal(place("request", conversation, key), {
        answers,
        consent,
        receipt,
        ...(request.mail ? { mail: request.mail } : {}),
      }),
      received_at: receivedAt,
      promised_on: targetOn,
      ...this.standingColumns(filed(type, receivedAt, targetOn)),
    };
  }

  /** What a step changes in a request's row. */
  standingColumns(standing: Standing) {
    return {
      state: standing.state,
      target_on: standing.targetOn,
      paused_on: standing.pausedOn,
      until_on: standing.until,
      due_soon_at: standing.dueSoonAt,
      overdue_at: standing.overdueAt,
      closed_at: standing.closedAt,
      version: standing.version,
    };
  }

  standing(row: Omit<RequestRow, "body">): Standing {
    return {
      type: row.type,
      state: row.state,
      receivedAt: row.received_at,
      targetOn: row.target_on,
      pausedOn: row.paused_on,
      until: row.until_on,
      dueSoonAt: row.due_soon_at,
      overdueAt: row.overdue_at,
      closedAt: row.closed_at,
      version: row.version,
    };
  }

  /** How a request stands by its events. @throws {EventsBroken} its row says otherwise */
  provenStanding(row: RequestRow, events: readonly RequestEvent[]): Standing {
    const standing = replay(filed(row.type, row.received_at, row.promised_on), events);
    const [said, stored] = [standing, this.standing(row)] as unknown as Record<string, unknown>[];
    for (const name of Object.keys(standing)) if (said?.[name] !== stored?.[name]) throw new EventsBroken();
    return standing;
  }

  request(row: RequestRow): RequestView {
    const { receipt } = this.requestBody(row);
    const { type, state, received_at, target_on } = row;
    return { type, receipt, state, receivedAt: received_at, targetOn: target_on };
  }

  requestBody(row: Pick<RequestRow, "operator" | "receipt" | "body">): RequestBody {
    const at = { column: "request", operator: row.operator, row: row.receipt } as const;
    return this.seal.open(at, row.body) as RequestBody;
  }

  listed(row: RequestRow): Listed {
    const { operator, locale, promised_on } = row;
    const { receipt } = this.requestBody(row);
    return { ...this.standing(row), operator, receipt, locale, promisedOn: promised_on };
  }

  eventRow(request: RequestOf, seq: number, event: RequestEvent): RequestEventTable {
    const { at, by, kind } = event;
    const body = this.seal.seal(partOf("event", request, seq), event);
    return { request_id: request.id, seq, at, actor: by, kind, body };
  }

  /** Rows of the time before events were sealed tell of filing and of withdrawal alone. @throws {EventsBroken} */
  event(request: RequestOf, { seq, at, actor, kind, body }: RequestEventTable): RequestEvent {
    if (body === null) {
      if (kind === "received" || (kind === "withdrawn" && actor === "customer"))
        return { kind, by: actor, at };
      throw new EventsBroken();
    }
    const event = this.seal.open(partOf("event", request, seq), body) as RequestEvent;
    if (event.kind !== kind || event.by !== actor || event.at !== at) throw new EventsBroken();
    return event;
  }

  noteBody = (request: RequestOf, seq: number, note: Note) =>
    this.seal.seal(partOf("note", request, seq), note);
  note = (request: RequestOf, row: { seq: number; body: Uint8Array }) =>
    this.seal.open(partOf("note", request, row.seq), row.body) as Note;
  paperBody = (request: RequestOf, seq: number, paper: Paper) =>
    this.seal.seal(partOf("paper", request, seq), paper);
  paper = (request: RequestOf, row: { seq: number; body: Uint8Array }) =>
    this.seal.open(partOf("paper", request, row.seq), row.body) as Paper;

  preparedBody = (request: RequestOf, prepared: Prepared) =>
    this.seal.seal(partOf("prepared", request, prepared.at), prepared);
  prepared = (request: RequestOf, row: { at: number; body: Uint8Array }) =>
    this.seal.open(partOf("prepared", request, row.at), row.body) as Prepared;

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

  handoffBody(at: { id: string; operator: string }, body: HandoffBody): Uint8Array {
    return this.seal.seal({ column: "handoff", operator: at.operator, row: at.id }, body);
  }

  /** All but its place, how long it waited, and what the customer said last. */
  handoff(row: Selectable<HandoffTable>): Omit<Handoff, "place" | "waitedMs" | "customerSeq"> {
    const { id, operator, channel, locale, state, way, agent } = row;
    const at = { column: "handoff", operator, row: id } as const;
    const { agentName, ...body } = this.seal.open(at, row.body) as HandoffBody;
    return {
      id,
      operator,
      conversation: row.conversation_id,
      channel,
      locale,
      state,
      way,
      agent: agent === null ? null : { id: agent, name: agentName ?? "" },
      requestedAt: row.requested_at,
      assignedAt: row.assigned_at,
      doneAt: row.done_at,
      ...body,
      rating: row.rating,
      readSeq: row.read_seq,
      version: row.version,
    };
  }

  privateNoteBody(operator: string, handoff: string, seq: number, note: PrivateNote): Uint8Array {
    return this.seal.seal({ column: "handoff note", operator, row: `${handoff}/${seq}` }, note);
  }

  privateNote(
    operator: string,
    row: Pick<Selectable<HandoffNoteTable>, "handoff_id" | "seq" | "body">,
  ): PrivateNote {
    const at = { column: "handoff note", operator, row: `${row.handoff_id}/${row.seq}` } as const;
    return this.seal.open(at, row.body) as PrivateNote;
  }

  /** Of the chat alone: what came in carries it on to what goes out. */
  sealedHandle(conversation: Conversation, handle: Handle | undefined) {
    if (!handle) return { handle: null, handle_until: null };
    const { value, until } = handle;
    return {
      handle: this.seal.seal(place("handle", conversation, conversation.id), value),
      handle_until: until,
    };
  }

  handle(
    conversation: Conversation,
    row: { handle: Uint8Array | null; handle_until: number | null },
  ): Handle | null {
    if (row.handle === null || row.handle_until === null) return null;
    const value = this.seal.open(place("handle", conversation, conversation.id), row.handle) as string;
    return { value, until: row.handle_until };
  }

  readMark(conversation: Conversation, seq: number, mark: string): Uint8Array {
    return this.seal.seal(place("read mark", conversation, `${conversation.id}/${seq}`), mark);
  }

  openReadMark(conversation: Conversation, { seq, body }: Pick<ReadMarkTable, "seq" | "body">): string {
    return this.seal.open(place("read mark", conversation, `${conversation.id}/${seq}`), body) as string;
  }

  partyKey = (channel: string, { operator, customer }: Party) =>
    this.seal.hash("party", channel, operator, customer);
  nonceKey = (operator: string, nonce: string) => this.seal.hash("link nonce", operator, nonce);
  noticeBody = (operator: string, key: string, notice: Notice) =>
    this.seal.seal({ column: "notice", operator, row: key }, notice);
  notice = ({ operator, key }: Pick<NoticeTable, "operator" | "key">, body: Uint8Array) =>
    this.seal.open({ column: "notice", operator, row: key }, body) as Notice;

  receiptKey = (receipt: string) => this.seal.hash("receipt", receipt);
  codeKey = (receipt: string, code: string) => this.seal.hash("status code", receipt, code);
  draftKey = (operator: string, code: string) => this.seal.hash("draft", operator, code);
  chatKey = (conversation: string) => this.seal.hash("chat", conversation);
  customerKey = (channel: string, customer: string) => this.seal.hash("customer", channel, customer);
  personKey = (operator: string, person: string) => this.seal.hash("person", operator, person);
  /** Whose tries are counted together: a number's at an operator, known or not; a chat's at codes of drafts. */
  triesOfRequest = (operator: string, receipt: string) => this.seal.hash("tries", operator, receipt);
  triesOfDrafts = (conversation: string) => this.seal.hash("draft tries", conversation);
  /** A code is bound to its request (its hashed number) and to the conversation that asked for it. */
  identityCode = (request: string, conversation: string, code: string) =>
    this.seal.hash("identity code", request, conversation, code);
  /** Codes are counted by request, and by address whatever request it was told in. */
  codesOf = (request: string) => this.seal.hash("codes of", request);
  codesTo = (operator: string, address: string) =>
    this.seal.hash("codes to", operator, address.toLowerCase());
  /** Wrong tries of the codes that went to an address. */
  codeTriesAt = (operator: string, address: string) =>
    this.seal.hash("code tries at", operator, address.toLowerCase());
  addressKey = (operator: string, address: string) =>
    this.seal.hash("address", operator, address.toLowerCase());
  /** About what, of which kind, of which event: the same words give the same key. */
  noticeKey = (...about: string[]) => this.seal.hash("notice", ...about);
}

/** What of a hand-off is sealed. */
export interface HandoffBody {
  trigger: Trigger;
  topic: string | null;
  clauses: readonly string[];
  agentName: string | null;
  callback: Callback | null;
  resolution: string | null;
}

export function place(column: Place["column"], conversation: Conversation, row: string): Place {
  return { column, operator: conversation.operator, row };
}

type RequestOf = Pick<RequestRow, "id" | "operator" | "receipt">;

/** What hangs on a request is bound to its receipt and to its number among its kind. */
const partOf = (column: "event" | "note" | "paper" | "prepared", request: RequestOf, seq: number): Place => ({
  column,
  operator: request.operator,
  row: `${request.receipt}/${seq}`,
});
