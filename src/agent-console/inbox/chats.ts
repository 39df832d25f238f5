import type { Handoff } from "../../handoff/handoff.ts";
import type { HandoffState } from "../../handoff/state.ts";
import type { Locale } from "../../reply/locale.ts";

/** A hand-off as the inbox lists it, with when somebody last said something in its chat. */
export interface ChatLine extends Omit<Handoff, "place" | "waitedMs"> {
  activeAt: number;
}

/** Which part of an operator's hand-offs. `account`: whose are mine. */
export interface ChatFilter {
  show: "unassigned" | "mine" | "all" | "callbacks" | "closed";
  account: string;
  language?: Locale | undefined;
  /** Only those that were called for before this (ms since 1970). */
  before?: number | undefined;
}

/** What is searched for; each field narrows. */
export interface ChatSearch {
  /** Ten letters: of a request that was filed in the chat. */
  receipt?: string | undefined;
  /** Whole words that were said in the chat, all of them. */
  words?: string | undefined;
  state?: HandoffState | undefined;
  topic?: string | undefined;
  /** Id of the account that has it or had it last. */
  agent?: string | undefined;
  language?: Locale | undefined;
  channel?: string | undefined;
  /** When the person was called: from, and before (ms since 1970). */
  from?: number | undefined;
  until?: number | undefined;
}

/** Where the next page begins. */
export interface ChatCursor {
  at: number;
  id: string;
}

export interface ChatPage {
  chats: readonly ChatLine[];
  next: ChatCursor | null;
}

/** How an open hand-off stands, for whoever compares with what was told before. */
export interface ChatStand {
  id: string;
  operator: string;
  conversation: string;
  version: number;
  /** The last `seq` of its chat. */
  seq: number;
}

export interface OpenCounts {
  unassigned: number;
  all: number;
  callbacks: number;
}

/** The hand-offs as the inbox reads them: an operator's alone, nothing is changed. */
export interface Chats {
  /** What waits longest first; what is closed, the last one first. */
  list(operator: string, filter: ChatFilter, limit: number, after: ChatCursor | null): Promise<ChatPage>;
  /** The latest first. A chat that no person was called to is found by nobody. */
  search(operator: string, what: ChatSearch, limit: number, after: ChatCursor | null): Promise<ChatPage>;
  /** How many stand in each view that is the same for everybody, and how many of the open ones an account has. */
  counts(operator: string): Promise<OpenCounts>;
  countOf(operator: string, account: string): Promise<number>;
  /** Those of these that are there. */
  lines(ids: readonly string[]): Promise<ChatLine[]>;
  /** Everything that is open, or what of it is in these chats. */
  open(conversations?: readonly string[]): Promise<ChatStand[]>;
  /** Receipts of the requests that were filed in a chat, the newest first. */
  filed(operator: string, conversation: string): Promise<string[]>;
  /**
   * Until when (ms since 1970) the next words of the desk go by the platform's own way to answer; null: it is over, or
   * there is none.
   */
  freeUntil(conversation: string, now: number): Promise<number | null>;
  /** How many open ones each account has. */
  held(operator: string): Promise<ReadonlyMap<string, number>>;
}
