import type { Generated } from "kysely";
import type { Role as AccountRole } from "../agent-console/role.ts";
import type { HandoffState, Way } from "../handoff/state.ts";
import type { AuditEntry } from "../requests/audit.ts";
import type { NewRequest } from "../requests/register.ts";
import type { EventKind, RequestState, Role } from "../requests/state.ts";

/** Times are milliseconds since 1970; `Uint8Array` columns are sealed (see `seal.ts`). */
export interface Tables {
  conversation: ConversationTable;
  activity: ActivityTable;
  inbox: InboxTable;
  outbox: OutboxTable;
  feedback: FeedbackTable;
  handoff: HandoffTable;
  handoff_note: HandoffNoteTable;
  chat_word: ChatWordTable;
  session: SessionTable;
  request: RequestTable;
  request_event: RequestEventTable;
  request_note: RequestWordsTable;
  request_paper: RequestWordsTable;
  draft: DraftTable;
  notice: NoticeTable;
  identity_code: IdentityCodeTable;
  attempt: AttemptTable;
  taken_back: { activity_id: string; until: number };
  line_nonce: { hash: string; request_id: number; until: number };
  line_link: LineLinkTable;
  line_pushes: { operator: string; month: string; count: number };
  ticket: { hash: string; until: number };
  link: LinkTable;
  held_chat: HeldChatTable;
  proof: ProofTable;
  audit: AuditTable;
  account: AccountTable;
  account_role: { account: string; operator: string; role: AccountRole };
  account_recovery: { account: string; code: string };
  account_device: { login: string; device: string; until: number };
  console_session: ConsoleSessionTable;
  sign_in_try: { subject: string; failures: number; last_at: number; until: number };
  request_prepared: { request_id: number; at: number; body: Uint8Array };
  read_permit: ReadPermitTable;
  meta: { name: string; value: string };
  sealed_check: { id: number; body: Uint8Array };
  teams_reference: TeamsReferenceTable;
  teams_message: TeamsMessageTable;
  read_mark: ReadMarkTable;
}

/** Where replies to a chat of Azure Bot Service go. */
interface TeamsReferenceTable {
  conversation_id: string;
  body: Uint8Array;
}

/** What the platform has taken of a message of ours. `theirs`: keyed hash of its id there; null: it told none. */
interface TeamsMessageTable {
  conversation_id: string;
  activity_id: string;
  part: number;
  theirs: string | null;
}

/** The platform's way to mark a customer's line as read, until it was used. `seq`: the line's. */
export interface ReadMarkTable {
  conversation_id: string;
  seq: number;
  body: Uint8Array;
}

export interface ConversationTable {
  id: string;
  channel: string;
  operator: string;
  customer: Uint8Array;
  /** Keyed hash of channel, operator and customer, where a customer has one chat; null elsewhere. */
  party: string | null;
  active_at: number;
  last_seq: number;
  last_at: number;
  talk: Uint8Array | null;
  talk_version: number;
  /** Which engine runs this conversation's turns now, and until when it may. */
  claim_by: string | null;
  claim_until: number;
  /** When the form in the talk lapses; null: there is none. */
  form_until: number | null;
  /** The hand-off that the chat is in, and how it stands; null: none. Follows `handoff` in the same transaction. */
  handoff: string | null;
  handoff_state: "requested" | "assigned" | null;
}

export interface ActivityTable {
  conversation_id: string;
  seq: number;
  id: string;
  at: number;
  by: "customer" | "bot" | "agent";
  reply_to: string | null;
  body: Uint8Array;
  /** The `seq` after which this row was replaced, plus one: from there on readers get it again. Null: never. */
  replaced: number | null;
}

export interface InboxTable {
  id: Generated<number>;
  channel: string;
  /** Keyed hash of the platform's event id. */
  event: string;
  digest: string;
  conversation_id: string;
  kind: "open" | "message" | "return" | "fill";
  activity_id: string | null;
  received_at: number;
  due_at: number;
  tries: number;
  state: "waiting" | "done" | "dead";
  /** The words; null once they were handled. */
  body: Uint8Array | null;
  /** The platform's way to answer, until it was handled; while a person has the chat until they have used it. */
  handle: Uint8Array | null;
  handle_until: number | null;
}

export interface OutboxTable {
  id: Generated<number>;
  conversation_id: string;
  seq: number;
  retry_key: string;
  due_at: number;
  tries: number;
  state: "waiting" | "dead";
  /** The arrival that it answers; null when nothing was asked. */
  turn: number | null;
  handle: Uint8Array | null;
  handle_until: number | null;
}

/** A request whose changes are told in a chat. `told`: the state that its holder knows. */
interface LineLinkTable {
  conversation_id: string;
  request_id: number;
  told: RequestState;
}

interface FeedbackTable {
  conversation_id: string;
  activity_id: string;
  body: Uint8Array;
  at: number;
}

/** `body`: why, what about, who has it by name, the call-back, how it ended. */
export interface HandoffTable {
  id: string;
  conversation_id: string;
  operator: string;
  channel: string;
  locale: NewRequest["locale"];
  state: HandoffState;
  way: Way;
  /** Id of the account that has it or had it last. */
  agent: string | null;
  requested_at: number;
  assigned_at: number | null;
  done_at: number | null;
  /** When the customer was there last. */
  seen_at: number;
  told_place: number | null;
  told_at: number | null;
  read_seq: number;
  rating: "up" | "down" | null;
  version: number;
  body: Uint8Array;
}

/** Private notes have a table of their own, which no channel reads. */
export interface HandoffNoteTable {
  handoff_id: string;
  conversation_id: string;
  seq: number;
  at: number;
  body: Uint8Array;
}

/** What a chat that a person was called to is found by: a keyed hash of 48 bits, each operator's under its own key. */
export interface ChatWordTable {
  word: number;
  conversation_id: string;
}

/** A chat's way back: what `resume` is checked against. */
interface SessionTable {
  conversation_id: string;
  resume: string;
  until: number;
  generation: number;
}

/**
 * A request outlives the chat it was filed in: what points to people, numbers and the chat are keyed hashes, and the
 * number itself stands in the sealed body.
 */
export interface RequestTable {
  id: Generated<number>;
  operator: string;
  type: NewRequest["type"];
  receipt: string;
  /** Of receipt number and code: a code of another request does not fit. */
  code: string;
  state: RequestState;
  received_at: number;
  /** YYYY-MM-DD, in Japan. */
  target_on: string;
  conversation: string;
  form: number;
  customer: string;
  person: string | null;
  locale: NewRequest["locale"];
  body: Uint8Array;
  /** What the receipt named, before the clock was stopped for the first time. */
  promised_on: string;
  /** Its events so far. */
  version: number;
  /** The day from which the person is awaited, and the last one on which it is. */
  paused_on: string | null;
  until_on: string | null;
  due_soon_at: number | null;
  overdue_at: number | null;
  closed_at: number | null;
  /** Since when it must be kept whatever its period; null: it need not. */
  held_at: number | null;
}

/** What has happened to a request, 1, 2, 3, ...; rows are added, never changed. */
export interface RequestEventTable {
  request_id: number;
  seq: number;
  at: number;
  actor: Role;
  kind: EventKind;
  /** The whole event; null in rows of the time before there was one. */
  body: Uint8Array | null;
}

/** Notes and papers have a table each, so that no statement can take the one for the other. */
interface RequestWordsTable {
  request_id: number;
  seq: number;
  at: number;
  body: Uint8Array;
}

/** `code` and `conversation` are keyed hashes. */
export interface DraftTable {
  code: string;
  operator: string;
  conversation: string;
  until: number;
  /** The arrival that it was given to; nobody else gets it. */
  taken_by: number | null;
  body: Uint8Array;
}

/** A mail about a request or a saved draft; it goes with what it is about. */
export interface NoticeTable {
  id: Generated<number>;
  /** Keyed hash of what it is about, of which kind, of which event: it is written once. */
  key: string;
  operator: string;
  request_id: number | null;
  /** The draft's code. */
  draft: string | null;
  audience: "customer" | "desk";
  kind: string;
  /** Keyed hash of the customer's address: how often it is written to is limited. */
  address: string | null;
  at: number;
  due_at: number;
  until_at: number;
  tries: number;
  state: "waiting" | "sent" | "dead";
  /** Address and what is told; null once it was sent or given up. */
  body: Uint8Array | null;
}

/** The code that was mailed last for a request; `code` and `conversation` are keyed hashes. */
export interface IdentityCodeTable {
  request_id: number;
  conversation: string;
  /** Null: none can be used any more. */
  code: string | null;
  until: number;
  /** Wrong tries in the request's whole life. */
  tries: number;
  /** The arrival that was told that it is right. */
  used_by: number | null;
  confirmed_at: number | null;
}

/** A wrong try, or a code that was mailed. `subject`: keyed hash of what was tried, whether there is such a thing or not. */
interface AttemptTable {
  subject: string;
  arrival: number;
  at: number;
}

/** A link that opens once. `hash`, `subject` (the chat or receipt that it hangs on) and `session` are keyed hashes. */
export interface LinkTable {
  hash: string;
  operator: string;
  subject: string;
  until: number;
  /** Null: it was not opened yet. */
  opened_at: number | null;
  /** Whoever has opened it, for as long as they may look. */
  session: string | null;
  body: Uint8Array;
}

/** A chat that is gone for everybody, but must be kept: its records in order. `chat` and `customer` are keyed hashes. */
interface HeldChatTable {
  chat: string;
  seq: number;
  operator: string;
  customer: string;
  body: Uint8Array;
}

interface ProofTable {
  id: Generated<number>;
  at: number;
  cause: "retention" | "customer" | "restore";
  operator: string;
  conversations: number;
  activities: number;
  requests: Generated<number>;
}

/** 1, 2, 3, ... without a gap; rows are added, never changed, but that a reason goes with what it is about. */
export interface AuditTable {
  seq: number;
  at: number;
  actor: string;
  role: string;
  operator: string;
  what: AuditEntry["what"];
  /** A receipt as its keyed hash, or an id of ours. */
  subject: string | null;
  reason: Uint8Array | null;
  /** Keyed hash over the hash before and this row. */
  hash: string;
}

/** Who may be at the console. `login` and `invitation` are keyed hashes. */
export interface AccountTable {
  id: string;
  login: string;
  /** Login and name. */
  body: Uint8Array;
  /** The password's hash (null: not chosen yet) and the secret of the one-time codes. */
  secret: Uint8Array;
  /** The last step of time whose code was used. */
  totp_step: number;
  invitation: string | null;
  invited_until: number;
  created_at: number;
  disabled_at: number | null;
}

/** `secret`: keyed hash of what the cookie holds. */
export interface ConsoleSessionTable {
  secret: string;
  id: string;
  account: string;
  begun_at: number;
  seen_at: number;
}

/** A wish to read more than the limit; `by`: who has approved it, `until` when then. */
export interface ReadPermitTable {
  id: string;
  operator: string;
  account: string;
  asked_at: number;
  body: Uint8Array;
  by: string | null;
  until: number;
}
