import type { HandoffCursor, HandoffFilter, HandoffPage } from "../handoff/desk.ts";
import type { Callback, Handoff, PrivateNote, Trigger } from "../handoff/handoff.ts";
import type { Standing } from "../handoff/state.ts";
import type { Locale } from "../reply/locale.ts";
import type { Message } from "../reply/message.ts";
import type { AuditEntry } from "../requests/audit.ts";
import type { Activity } from "./activity.ts";
import type { Conversation } from "./store.ts";
import type { Filling, Talk } from "./talk.ts";

/** The hand-off that a conversation is in, as every turn sees it. A call-back is none: the bot goes on. */
export interface LiveHandoff {
  id: string;
  state: "requested" | "assigned";
}

/** What a turn does about a person, in its own transaction. */
export type DeskStep =
  | {
      do: "request";
      trigger: Trigger;
      topic: string | null;
      clauses: readonly string[];
      /** The place that the customer is told. */
      place: number;
    }
  /** The customer goes back to the bot. */
  | { do: "leave" }
  /** Told how to reach them: for the call-back that stands open, or a new one. */
  | { do: "callback"; trigger: Trigger; callback: Callback; topic: string | null; clauses: readonly string[] }
  /** What the customer thought of the last hand-off that has ended; said once. */
  | { do: "rate"; rating: "up" | "down" };

/** What a step of the desk changes. All of it is written, or nothing. */
export interface Decision {
  standing?: Standing;
  callback?: Callback;
  resolution?: string;
  /** The place in the queue that the customer was told, and when. */
  told?: { place: number; at: number };
  readSeq?: number;
  /** Said in the chat, once for this id. */
  say?: { id: string; message: Message; agent?: string };
  note?: PrivateNote;
  /** The bot takes the talk up again, in a turn of its own. */
  returns?: true;
  /** An agent fills in a form, in a turn of its own; once for this key. */
  fills?: { key: string; filling: Filling };
  audit?: Omit<AuditEntry, "at" | "operator" | "subject">;
}

/** What a step is decided on, as it stands within the transaction. */
export interface Case {
  handoff: Handoff;
  conversation: Conversation;
  /** Language of the talk now. */
  locale: Locale;
  talk: Talk | undefined;
  /** The place that the customer was told last. */
  told: { place: number; at: number } | null;
  /** When the customer was there last. */
  seenAt: number;
}

export type Changed = { handoff: Handoff; conversation: Conversation; appended: Activity[] };

/** A hand-off in a chat that waits or is with an agent, as the clock's round looks at it. */
export interface Pending {
  id: string;
  operator: string;
  conversation: string;
  channel: string;
  state: "requested" | "assigned";
  requestedAt: number;
  /** 1 is next among those that wait; null with an agent. */
  place: number | null;
  told: { place: number; at: number } | null;
  /** When the customer was there last: a word, or an open chat. */
  seenAt: number;
}

/** The hand-offs as they are kept. What a turn does about them goes with its commit (`Inbox.commit`). */
export interface Handoffs {
  find(id: string, now: number): Promise<Handoff | undefined>;
  list(
    filter: HandoffFilter & { operators: readonly string[] },
    limit: number,
    after: HandoffCursor | null,
    now: number,
  ): Promise<HandoffPage>;
  /**
   * One step in one transaction: `decide` is given how things stand and says what changes; null changes nothing. It must
   * be quick and may not write. Undefined: there is no such hand-off. `push`: whether this channel pushes what we say.
   */
  change(
    id: string,
    now: number,
    push: (channel: string) => boolean,
    decide: (found: Case) => Decision | null,
  ): Promise<Changed | undefined>;
  notes(id: string): Promise<PrivateNote[]>;
  /** What the bot remembers of a conversation; undefined when the chat is gone. */
  talk(conversation: string): Promise<Talk | undefined>;
  /** Number of the call-back that this chat waits for; undefined: for none. */
  callback(conversation: string): Promise<string | undefined>;
  /** How many wait in the chat at this operator. */
  waiting(operator: string): Promise<number>;
  /** Everything in a chat that is not over. */
  pending(): Promise<Pending[]>;
  /** These conversations' customers are there. */
  seen(conversations: readonly string[], now: number): Promise<void>;
}
