import type { RequestType } from "../requests/request-type.ts";
import type { Option, SmalltalkIntent } from "./words.ts";

/** An open question of a form. */
export interface Asking {
  form: RequestType;
  /** Number of the form in its conversation, which its buttons carry. */
  n: number;
  slot: string;
  /** The kind of its answer, for a fitting field. */
  input: string;
  step: { at: number; of: number };
  /** What can be chosen. */
  values?: readonly string[];
  /** More than one may be chosen. */
  several?: true;
  optional?: true;
  /** Free words that may need many lines. */
  long?: true;
  /** The form can be saved and gone on with later. */
  saves?: true;
  /** What is known of the answer already: it may be left out. */
  prefix?: string;
}

/** A question with its answer, worded in the customer's language; a sensitive one only in part. Null: passed over. */
export interface Row {
  slot: string;
  value: string | null;
  /** What was chosen, where there were choices. */
  chosen?: readonly string[];
}

/** A sentence on a form, by its key among the repairs, or by its whole key with its file. */
export interface Note {
  key: string;
  /** Filled in as {{label}}. */
  slot?: string;
  /** Filled in as {{rows}}. */
  rows?: readonly Row[];
  /** Its answer is filled in as {{value}}. */
  value?: Row;
  /** Filled in as {{from}} and {{to}}. */
  from?: RequestType;
  to?: RequestType;
  /** Filled in as {{date}}: milliseconds since 1970. */
  on?: number;
  values?: Readonly<Record<string, string | number>>;
}

/** What a code to the e-mail address of a request confirms: see `MailAddress` of the register. */
export type MailUse = "reply" | "holder" | "subject";

/** A request as it may be shown to whoever has its number and code. */
export interface Shown {
  type: RequestType;
  receipt: string;
  state: string;
  /** Milliseconds since 1970. */
  receivedAt: number;
  /** YYYY-MM-DD in Japan. */
  targetOn: string;
  /** A code may be mailed to its address. */
  confirms?: MailUse;
}

export interface Filed extends Shown {
  /** Shown this once and kept nowhere. */
  code: string;
}

/** Why a person is offered. */
export type Cause = "misses" | "anger" | "dispute" | "leak";

/** How a call for a person stands. */
export type Called =
  | {
      status: "requested" /** Chats that wait before this one. */;
      ahead: number;
      minutes: number;
      again?: true;
    }
  /** Nobody is there. `opensAt`: ms since 1970, null when that is not known; `left`: number of the call-back taken. */
  | { status: "closed"; opensAt: number | null; left?: string };

export type DeskWord =
  /** Out of the queue; nobody waits. */
  | { says: "left-queue" | "not-waiting" }
  /** The bot is back: an agent has ended it, or the customer has left. */
  | { says: "ended" | "left"; survey?: true }
  /** How the customer can be reached is asked for; that was not understood. */
  | { says: "reach" | "no-contact" }
  /** A call-back was taken. `on`: YYYY-MM-DD. */
  | { says: "kept"; number: string; on: string }
  | { says: "not-kept" | "rated" };

/** What the desk says by itself, known by its name alone. */
export type Notice =
  | "opening"
  | "shared-opening"
  | "again"
  | "language"
  | "topics"
  | "requests"
  | "other-language"
  | "nothing-said"
  | "unhelpful"
  | "too-long"
  | "no-text"
  | "erase-ask"
  | "erase-kept"
  | "erased"
  | "erased-held"
  | "transcript-here"
  | "unlinked";

/**
 * What we mean to say, in keys and values; `render` words it in a language. It is kept as the last thing said, so
 * that "again", "simpler" and a change of language can word it anew.
 */
export type Said =
  | {
      kind: "answer";
      /** Best first; the first is the one that is shown. */
      clauses: string[];
      /** The topic that was asked about. */
      topic: string;
      /** 0..1 */
      score: number;
      /** The request that the question came near: "can it be deleted?" is no wish, and may become one. */
      wish?: RequestType;
      /** The clause that the last answer stood on, too. */
      same?: boolean;
      /** Its short answer alone: another answer follows. */
      brief?: boolean;
      /** In the plainest words. */
      plain?: boolean;
      /** The whole clause, and no short answer before it. */
      whole?: boolean;
    }
  | { kind: "clarify"; options: Omit<Option, "title">[] }
  /** A wish that was recognised, with the first question of its form. */
  | {
      kind: "request";
      request: RequestType;
      asks?: Asking;
      notes?: Note[];
      /** Its form runs already: the question alone. */
      begun?: true;
      /** Others read along: it is only said how it can be done. */
      shared?: true;
    }
  | ({ kind: "ask"; notes?: Note[] } & Asking)
  | { kind: "review"; form: RequestType; n: number; rows: Row[]; notes?: Note[] }
  /** Whether to change to another request. `n`: number of the open form; `unsent`: what would be taken back is the form. */
  | { kind: "switch"; request: RequestType; from: RequestType; n: number; unsent?: true }
  | {
      kind: "receipt";
      filed: Filed;
      days: number;
      requester?: string;
      ward?: string;
      guardian?: number;
      /** Somebody will be answered, so that papers may be asked for. */
      replies?: true;
      /** A receipt is mailed. */
      mailed?: true;
    }
  | { kind: "status"; request: Shown; withdraws?: number }
  /** What policy and law say of a request. */
  | { kind: "rules"; request: RequestType }
  /** A code by e-mail: how far that is. `seconds`: until the next one may go. */
  | {
      kind: "code";
      step: "sent" | "wait" | "enough" | "no" | "done" | "failed" | "confirmed" | "address" | "left" | "form";
      receipt: string;
      seconds?: number;
    }
  /** Something about the form, and nothing to answer. */
  | { kind: "told"; notes: Note[]; person?: true }
  /** A person was asked for. `offered`: the form offers one by itself; without `called` there are no agents here. */
  | { kind: "handoff"; offered?: true; called?: Called }
  /** A person is offered, with the reason. */
  | { kind: "offer"; cause: Cause }
  /** About a person who was called or was there. */
  | ({ kind: "desk" } & DeskWord)
  | { kind: "smalltalk"; intent: SmalltalkIntent }
  | {
      kind: "out-of-scope";
      reason: "silent" | "not-ours";
      /** The topic on which the policy is silent, when it is clear which. */
      topic?: string;
      /** Why it is not ours, when we can say it more closely. */
      about?: "another-person" | "legal-advice";
      /** Topics of this operator near to what was asked. */
      near: string[];
      /** The second miss in a row: a person is offered. */
      again?: boolean;
    }
  | { kind: "notice"; notice: Notice }
  /** Where the chat's own record can be read, once. `link`: an address of ours. */
  | { kind: "transcript"; link: string; hours: number };
