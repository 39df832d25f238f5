import type { RequestType } from "./request-type.ts";

/** By what a person is found: a request of theirs, or a chat. */
export type OwnKey = { by: "receipt"; receipt: string } | { by: "conversation"; conversation: string };

/** What this desk holds on one person at one operator. */
export interface OwnScope {
  operator: string;
  requests: readonly { id: number; receipt: string; held: boolean }[];
  chats: readonly string[];
  /** Chats that are gone for everybody and kept for a held request, by their keyed hash. */
  kept: readonly string[];
  /**
   * Chats and requests that could be another person's as well (two people have filed from one chat): they are neither
   * given away nor erased with this person's; each can be asked for by itself.
   */
  shared: number;
}

/** A notice by mail: of which kind, and when it was written or sent. What it said is not kept. */
export interface OwnNotice {
  kind: string;
  at: number;
  state: "waiting" | "sent" | "dead";
}

/** How somebody wants to be reached later. `targetOn`: YYYY-MM-DD in Japan. */
export interface OwnCallback {
  number: string;
  targetOn: string;
  contact: string | null;
  text: string;
}

/** One thing that is held, as it was told. Times are ms since 1970. */
export type OwnRecord =
  | {
      kind: "request";
      receipt: string;
      type: RequestType;
      state: string;
      receivedAt: number;
      targetOn: string;
      answers: Readonly<Record<string, unknown>>;
      consent: string;
      events: readonly { at: number; actor: string; kind: string }[];
      /** Those to the customer. */
      notices: readonly OwnNotice[];
    }
  | { kind: "chat"; id: string; channel: string; customer: string; activeAt: number; remembered: unknown }
  | { kind: "line"; chat: string; seq: number; at: number; by: string; text: string; content: unknown }
  | { kind: "feedback"; chat: string; at: number; feedback: unknown }
  /** A person was called; what was told for a call-back; what the customer thought of it. Notes of the staff are not given. */
  | {
      kind: "handoff";
      chat: string;
      at: number;
      assignedAt: number | null;
      doneAt: number | null;
      state: "requested" | "assigned" | "ended" | "abandoned";
      way: "chat" | "callback";
      /** Why: asked for, or offered. */
      trigger: string;
      /** What the talk was about; null: nothing was asked yet. */
      topic: string | null;
      agent: string | null;
      callback: OwnCallback | null;
      rating: "up" | "down" | null;
    }
  /** Where a platform wants replies to this chat. */
  | { kind: "reference"; chat: string; platform: "teams"; address: unknown }
  /** A request whose changes are told in this chat: as the chat tells it, by the end of its number, and what was told last. */
  | { kind: "linked"; chat: string; ending: string; told: string }
  | { kind: "draft"; chat: string; until: number; draft: unknown; notices: readonly OwnNotice[] };

/** Who asks staff for it, and why; goes to the audit. */
export interface OwnCause {
  at: number;
  actor: string;
  role: string;
  reason: string;
}

/** How much was erased, and how much must be kept. */
export interface Erased {
  requests: number;
  chats: number;
  held: { requests: number; chats: number };
}

/** A person's own data at this desk: found whole, and nothing of anybody else's. */
export interface OwnData {
  /** Undefined: there is no such request or chat; "several": requests of more than one person came from that chat. */
  find(operator: string, key: OwnKey): Promise<OwnScope | undefined | "several">;
  /** Written down in the audit; then all of it, a page at a time, as often as it is asked for. */
  export(scope: OwnScope, cause: OwnCause): Promise<() => AsyncGenerator<OwnRecord>>;
  /** Erases all of it but what is held, in steps, with their rows of the audit; killed, it goes on when called again. */
  erase(scope: OwnScope, cause: OwnCause): Promise<Erased>;
}
