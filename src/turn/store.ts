import type { Message } from "../reply/message.ts";
import type { Change, Register } from "../requests/register.ts";
import type { Activity, JsonObject } from "./activity.ts";
import type { DeskStep, Handoffs, LiveHandoff } from "./handoffs.ts";
import type { Filling, Incoming, Talk } from "./talk.ts";

/** One customer at one operator's desk on one channel. */
export interface Conversation {
  id: string;
  channel: string;
  operator: string;
  /** The platform's id of the customer. Sealed at rest. */
  customer: string;
}

/** Whose chat it is, where a platform names the customer and no chat: each has one at each operator's desk. */
export interface Party {
  operator: string;
  /** The platform's id of the customer. */
  customer: string;
}

/** The platform's own way to answer an arrival, good once and for a while. Sealed at rest. */
export interface Handle {
  value: string;
  /** ms since 1970 */
  until: number;
}

/** Something that came in, verified and parsed, not yet recorded. */
export interface Arrival {
  /** Id of the chat; with a `party` the one that a new chat gets when the party has none yet. */
  conversation: string;
  party?: Party;
  handle?: Handle;
  /** The platform's own way to mark what was written as read; kept sealed until it was used. */
  readMark?: string;
  channel: string;
  /** The platform's id of this event, unique within the channel: what makes a second delivery harmless. */
  eventId: string;
  /** The same for the same content; a known `eventId` with another digest is a conflict. */
  digest: string;
  kind: "open" | "message";
  incoming: Incoming;
  /** The customer's line in the transcript; an opening has none. */
  activity: { id: string; platform: JsonObject } | null;
}

/** A recorded arrival whose turn it is, with all that the turn needs. Held by one process until `until`. */
export interface Job {
  conversation: Conversation;
  inboxId: number;
  /** `return`: an agent has handed the chat back. `fill`: one answers a form's question for the customer. */
  kind: Arrival["kind"] | "return" | "fill";
  incoming: Incoming;
  /** What an agent fills in, where that is what waits. */
  filling?: Filling;
  /** The customer's line as it was typed; an opening has none. */
  activity: Activity | null;
  /** When it was recorded, ms since 1970: the same at every attempt. */
  receivedAt: number;
  /** Attempts begun, this one included. */
  tries: number;
  talk: Talk | undefined;
  talkVersion: number;
  /** The hand-off that this chat is in; null: none. */
  handoff: LiveHandoff | null;
}

/** What became of an arrival. `job` is set when the caller holds the conversation and shall run the turn. */
export type Received =
  | { kind: "recorded"; conversation: string; activity: Activity | null; job: Job | null }
  | { kind: "known"; activityId: string | null }
  | { kind: "conflict" }
  | { kind: "gone" };

/** Result of a turn: `dead` means that it was given up and `messages` hold the apology. */
export interface Result {
  state: "done" | "dead";
  talk: Talk;
  messages: readonly { id: string; message: Message }[];
  /** Name of the agent in whose name they are said; the bot unless told. */
  agent?: string;
  /** The customer's line as it is kept from now on, when that is not as it was typed. Same id and `seq`. */
  masked?: Activity;
  /** What the turn changes in the register; all of it is written with the turn, or nothing of either. */
  changes?: readonly Change[];
  /** The chat is erased before `messages` are said; `held`: what is said when a copy of it must be kept. */
  erase?: { held: Result["messages"] };
  /** A link to the chat's own record, good until `until` (ms since 1970). */
  link?: { link: string; until: number };
  /** When the form in progress (`Talk.dialog`) lapses, ms since 1970; none is in progress otherwise. */
  formUntil?: number | null;
  /** What it does about a person; `id` is that of a hand-off that begins with it. */
  desk?: { id: string; step: DeskStep };
}

export type Committed =
  | { kind: "committed"; appended: Activity[]; next: Job | null }
  /** An agent has come or gone since the turn began: nothing was written, it must run again. */
  | { kind: "moved" }
  /** Another process has taken the conversation over, or it is gone: nothing was written. */
  | { kind: "lost" };

/** Who holds a conversation, and for how long before another process may take it. */
export interface Claim {
  /** Id of this process's engine. */
  by: string;
  leaseMs: number;
}

/** The inbox and the order of each conversation. Every method is one transaction. */
export interface Inbox {
  /** Records the arrival and claims the conversation when it is free and nothing waits before it. */
  receive(arrival: Arrival, now: number, claim: Claim): Promise<Received>;
  /**
   * Writes state, activities, outbox, register and inbox row at once, and hands on the next arrival, if one waits.
   * @throws {RegisterConflict} the register is not as the turn has read it: nothing was written, the turn must run again
   */
  commit(job: Job, result: Result, now: number, claim: Claim, push: boolean): Promise<Committed>;
  /** Gives the conversation back; its arrival is due again at `dueAt` (ms since 1970), and has had `job.tries`. */
  defer(job: Job, dueAt: number, claim: Claim): Promise<void>;
  /** Claims up to `limit` conversations with an arrival that is due and that nobody holds. */
  claimDue(now: number, limit: number, claim: Claim): Promise<Job[]>;
  counts(): Promise<{ waiting: number; dead: number }>;
}

/** The transcript, oldest first. */
export interface Transcript {
  /** Up to `limit` activities with a `seq` above `after`. */
  after(conversation: Conversation, after: number, limit: number): Promise<Activity[]>;
  /**
   * Activities up to `after` that were replaced by a turn whose first reply has a `seq` in `after`+1..`until`: what a
   * reader who goes on from `after` to `until` must be given again.
   */
  replaced(conversation: Conversation, after: number, until: number): Promise<Activity[]>;
  find(conversation: Conversation, activityId: string): Promise<Activity | undefined>;
  /**
   * The customer has taken a line back: its words go, the replies to it that may repeat them, what is still to be said to
   * it, and the form in progress when it answered that. A line that is not here yet arrives without its words for eight
   * days. What was filed stays. Gives what was replaced, same ids and `seq`; nothing the second time.
   */
  takeBack(
    whose: Party & { channel: string },
    activityId: string,
    now: number,
  ): Promise<{ conversation: Conversation; replaced: Activity[] } | undefined>;
  /** The last `seq` of each of these chats (0: nothing yet); a chat that is gone is missing. */
  lastSeqs(conversations: readonly string[]): Promise<Map<string, number>>;
}

/** A message to be pushed to a platform, until the platform has taken it. */
export interface Delivery {
  id: number;
  conversation: Conversation;
  activity: Activity;
  /** What waits behind it and answers the same arrival, in order: it may go along, or come later by itself. */
  along: readonly Activity[];
  /** The platform's own way to answer that arrival, while it lives. */
  handle: Handle | null;
  /** Stays the same over all tries. */
  retryKey: string;
  tries: number;
}

/** What is still to be sent on channels that push. In order per conversation. */
export interface Outbox {
  claimDue(now: number, limit: number, leaseMs: number): Promise<Delivery[]>;
  /** The platform has it, and of `along` the first `also`; the handle is used up for what is left. */
  sent(delivery: Delivery, also?: number): Promise<void>;
  /** Not taken: due again at `dueAt`; null gives it up and keeps it visible. */
  failed(delivery: Delivery, dueAt: number | null): Promise<void>;
  counts(): Promise<{ waiting: number; dead: number }>;
}

/** The platforms' own ways to mark what customers wrote as read; each is given once. */
export interface ReadMarks {
  /** Takes away all up to the line `seq` and gives the last one, which stands for those before it, too. */
  take(conversation: Conversation, seq: number): Promise<string | undefined>;
}

export interface Feedback {
  activityId: string;
  rating: "up" | "down";
  reason: string | null;
}

export interface Feedbacks {
  /** The last word on an activity counts; saying it again changes nothing. False when the chat is gone. */
  put(conversation: Conversation, feedback: Feedback, now: number): Promise<boolean>;
  all(conversation: Conversation): Promise<Feedback[]>;
}

/** Kept after a deletion: that it happened, without what was deleted. */
export interface Proof {
  at: number;
  cause: "retention" | "customer" | "restore";
  operator: string;
  conversations: number;
  activities: number;
  requests: number;
}

export interface Conversations {
  create(conversation: Conversation, now: number): Promise<void>;
  find(id: string): Promise<Conversation | undefined>;
  /** The party's chat, if it has one. */
  findOf(whose: Party & { channel: string }): Promise<Conversation | undefined>;
  /**
   * Deletes the chat and all that hangs on it; false when there is none. A proof stays. "held": it is gone for
   * everybody, but a copy must be kept, sealed, until the request that came from it is released.
   */
  erase(id: string, now: number): Promise<false | "erased" | "held">;
  /**
   * Deletes the operator's chats that were silent since `before` (ms since 1970); a proof stays. Of the other chats it
   * takes out the forms that have lapsed; drafts, wrong tries and ids of events go when their time has come.
   */
  purge(operator: string, before: number, now: number): Promise<Proof>;
  /**
   * Deletes the operator's requests that are closed, are not held, and have had no event since `closedBefore` (ms since
   * 1970). Gives their number; proofs stay.
   */
  purgeRequests(operator: string, closedBefore: number, now: number): Promise<number>;
  proofs(): Promise<Proof[]>;
  /** The day (YYYY-MM-DD) of the last finished purge, over all processes. */
  purgedOn(): Promise<string | undefined>;
  markPurged(day: string): Promise<void>;
}

/** All that a turn remembers. */
export interface Store {
  conversations: Conversations;
  inbox: Inbox;
  transcript: Transcript;
  outbox: Outbox;
  readMarks: ReadMarks;
  feedbacks: Feedbacks;
  register: Register;
  handoffs: Handoffs;
  /** A keyed hash (22 letters): the same for the same words, and tells nothing without the key. */
  keyed(...words: string[]): string;
  /** Rejects with `StoreUnavailable` while nothing can be written. */
  check(): Promise<void>;
  /** Calls back when another process has written. Returns the way to stop it. */
  onForeignChange(listener: () => void): () => void;
  /** Makes deleted bytes leave the files. @throws {StoreUnavailable} when readers did not let go of them in time */
  compact(): Promise<void>;
  close(): Promise<void>;
}

/** Nothing was written, and trying again later may work. `reason` is safe to log and to count. */
export class StoreUnavailable extends Error {
  readonly reason: "locked" | "full" | "failing" | "overloaded";
  constructor(reason: StoreUnavailable["reason"]) {
    super(`store unavailable: ${reason}`);
    this.reason = reason;
  }
}
