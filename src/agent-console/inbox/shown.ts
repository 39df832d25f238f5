import type { Localized } from "../../reply/locale.ts";
import type { ShownLine as ShownRequestLine } from "../register/shown.ts";

/**
 * What the inbox tells the page. Plain JSON; times are milliseconds since 1970. What everybody sees alike (lines of the
 * inbox, what the stream sends) has its words in both languages; what one reader opens is in theirs.
 */

/** A hand-off in the inbox: nothing that a customer has typed. */
export interface ShownChat {
  id: string;
  operator: string;
  channel: string;
  /** The customer's language. */
  language: "ja" | "en";
  state: "requested" | "assigned" | "ended" | "abandoned";
  /** `callback`: nobody waits in the chat, somebody is to be called or written to. */
  way: "chat" | "callback";
  trigger: "asked" | "misses" | "anger" | "dispute" | "leak";
  topic: { id: string; title: Localized } | null;
  /** Who has it or had it last. */
  agent: { id: string; name: string } | null;
  requestedAt: number;
  assignedAt: number | null;
  doneAt: number | null;
  /** The day by which a call-back is due, YYYY-MM-DD. */
  targetOn: string | null;
  /** `seq` of the customer's last line, and up to which its agent has read: above is unread. 0: nothing. */
  customerSeq: number;
  readSeq: number;
  /** When somebody last said something. */
  activeAt: number;
  rating: "up" | "down" | null;
  /** Rises with each step; a line of a lower version than one that is shown already is old. */
  version: number;
}

/** GET operators/:operator/chats and GET operators/:operator/chats/search */
export interface ShownChats {
  chats: ShownChat[];
  /** For `after` of the next page; null: there is no more. */
  next: string | null;
}

/** GET operators/:operator/chats/counts */
export interface ShownCounts {
  /** In the chat, waiting; the reader's own; everything that is open. */
  unassigned: number;
  mine: number;
  all: number;
  callbacks: number;
}

export interface ShownCitation {
  clause: string;
  title: string;
  url: string;
}

/** One line of the transcript. */
export interface ShownLine {
  id: string;
  /** 1, 2, 3, ... within the chat. */
  seq: number;
  at: number;
  by: "customer" | "bot" | "agent";
  /** The agent's name; empty otherwise. */
  name: string;
  /** Without an agent's citations, which stand below it. */
  text: string;
  /** There is more than is shown: a number, or the answer to a personal question. The whole by `reveal` of `line:<seq>`. */
  masked: boolean;
  citations: ShownCitation[];
}

/** For the staff alone. */
export interface ShownNote {
  at: number;
  name: string;
  own: boolean;
  text: string;
}

/** The form that the customer is in the middle of. */
export interface ShownForm {
  type: string;
  title: string;
  /** Number of the form in its chat: part of the buttons. */
  n: number;
  /** The open question; null at the review, which the customer alone can confirm. */
  asking: ShownQuestion | null;
  rows: { slot: string; label: string; text: string; masked: boolean }[];
}

export interface ShownQuestion {
  slot: string;
  label: string;
  /** `choice`, `choices`, `text`, `date`, `email`, ... */
  input: string;
  /** Empty: it is answered in words. */
  choices: { value: string; title: string }[];
  optional: boolean;
}

export interface ShownCallback {
  number: string;
  targetOn: string;
  /** Masked; the whole by `reveal` of the slot `callback-contact`. Null: only the chat is known. */
  contact: string | null;
  text: string;
}

/** GET operators/:operator/chats/:handoff */
export interface ShownOpenChat {
  chat: ShownChat;
  /** The last page (or that before `before`), the oldest first. */
  lines: ShownLine[];
  /** There are lines before these. */
  earlier: boolean;
  notes: ShownNote[];
  form: ShownForm | null;
  /** Requests that were filed in this chat, the newest first. */
  requests: ShownRequestLine[];
  /** Clauses that the last answer of the bot stood on. */
  clauses: ShownClause[];
  callback: ShownCallback | null;
  resolution: string | null;
  /** Types of request that can be begun for the customer. */
  startable: { type: string; title: string }[];
  /** Null: on this channel nothing is counted. */
  cost: ShownCost | null;
}

/** What the next reply counts where a platform counts: GET operators/:operator/chats/:handoff/cost */
export interface ShownCost {
  /** So long (ms) it still goes as the answer to the customer's last words, which is free; 0: as a push. */
  freeForMs: number;
  /** Pushes of this month, of all chats at the operator. */
  pushed: number;
  /** How many there may be; what is beyond is not delivered. Null: as many as it takes. */
  limit: number | null;
}

/** GET operators/:operator/chats/:handoff/lines?after= */
export interface ShownLines {
  /** Lines after that `seq`, the oldest first. */
  lines: ShownLine[];
  /** There are more: ask again from the last one. */
  more: boolean;
}

/** A clause as something to say. `mark` changes with the clause's words: `say` with an old one is refused. */
export interface ShownClause {
  clause: string;
  mark: string;
  title: string;
  /** Ready to be put into the reply, in the customer's language. */
  text: string;
  url: string;
}

/** GET operators/:operator/chats/:handoff/suggestions: up to three, the best first. */
export interface ShownSuggestions {
  suggestions: ShownClause[];
}

export interface ShownCanned {
  id: string;
  title: Localized;
  text: Localized;
  /** What it cites; null: nothing. */
  clause: { clause: string; mark: string; title: Localized; url: Localized } | null;
}

/** GET operators/:operator/canned */
export interface ShownCannedReplies {
  canned: ShownCanned[];
}

/** Who works at this desk. */
export interface ShownColleague {
  id: string;
  name: string;
  roles: string[];
  /** Has the console open. */
  here: boolean;
  /** Chats in hand. */
  chats: number;
  /** May take chats over: agents and supervisors. */
  takes: boolean;
}

/** GET operators/:operator/colleagues */
export interface ShownColleagues {
  colleagues: ShownColleague[];
}

/** POST .../claim, release, transfer, notes, end: 200. */
export interface ShownStep {
  chat: ShownChat;
}

/** POST .../say: 200. */
export interface ShownSaid {
  line: ShownLine;
}

/** POST .../reveal: 200. */
export interface ShownRevealed {
  rows: { slot: string; label: string; text: string }[];
}

/** Why a step was refused: 409 (`held`, `unheld`, `over`, `late`, `clause-changed`, `form`) or 422 (the rest). */
export interface ShownRefusal {
  issue:
    | "held" // another agent has it: `agent`
    | "unheld" // nobody has it
    | "over"
    | "late" // a call-back is not waited for
    | "empty"
    | "too-long"
    | "clause-changed" // the words of the clause are others by now: `clause` has them, to be inserted anew
    | "clause-unknown"
    | "nobody" // no such colleague takes chats here
    | "form" // the form is not as it was shown, or a request is open already
    | "answer"; // the words do not answer the open question
  agent?: { id: string; name: string } | null;
  clause?: ShownClause;
}

/** What the stream sends. Lines that change within a quarter of a second come together. */
export type ShownChange =
  /** These stand otherwise than before, or are new; `counts`: of everybody's views, so that nobody has to ask for them. */
  | { kind: "chats"; operator: string; chats: ShownChat[]; counts: Omit<ShownCounts, "mine"> }
  /** In these something was said up to `seq`: whoever shows one asks for the lines after their last one. */
  | { kind: "said"; operator: string; chats: { id: string; seq: number }[] }
  /** The customer is writing. */
  | { kind: "typing"; operator: string; id: string }
  /** The chat was deleted, with all that hung on it. */
  | { kind: "gone"; operator: string; id: string }
  /** Whoever shows something looks at all of it again. */
  | { kind: "again" };
