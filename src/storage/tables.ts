import type { Generated } from "kysely";

/** Times are milliseconds since 1970; `Uint8Array` columns are sealed (see `seal.ts`). */
export interface Tables {
  conversation: ConversationTable;
  activity: ActivityTable;
  inbox: InboxTable;
  outbox: OutboxTable;
  feedback: FeedbackTable;
  session: SessionTable;
  ticket: { hash: string; until: number };
  proof: ProofTable;
  meta: { name: string; value: string };
  sealed_check: { id: number; body: Uint8Array };
}

export interface ConversationTable {
  id: string;
  channel: string;
  operator: string;
  customer: Uint8Array;
  active_at: number;
  last_seq: number;
  last_at: number;
  talk: Uint8Array | null;
  talk_version: number;
  /** Which engine runs this conversation's turns now, and until when it may. */
  claim_by: string | null;
  claim_until: number;
}

export interface ActivityTable {
  conversation_id: string;
  seq: number;
  id: string;
  at: number;
  by: "customer" | "bot";
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
  kind: "open" | "message";
  activity_id: string | null;
  received_at: number;
  due_at: number;
  tries: number;
  state: "waiting" | "done" | "dead";
  /** The words; null once they were handled. */
  body: Uint8Array | null;
}

export interface OutboxTable {
  id: Generated<number>;
  conversation_id: string;
  seq: number;
  retry_key: string;
  due_at: number;
  tries: number;
  state: "waiting" | "dead";
}

interface FeedbackTable {
  conversation_id: string;
  activity_id: string;
  body: Uint8Array;
  at: number;
}

/** A chat's way back: what `resume` is checked against. */
interface SessionTable {
  conversation_id: string;
  resume: string;
  until: number;
  generation: number;
}

interface ProofTable {
  id: Generated<number>;
  at: number;
  cause: "retention" | "customer";
  operator: string;
  conversations: number;
  activities: number;
}
