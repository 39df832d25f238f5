import type { RequestType } from "../requests/request-type.ts";

/** Where an answer stands: the clause, as it is cited to customers and programs. */
export interface Citation {
  /** Id of the clause, unique within its operator. */
  clause: string;
  operator: string;
  /** Our title of the clause, in the reader's language. */
  title: string;
  /** The source's own heading, in the source's language. */
  heading: string;
  /** The policy's last date as YYYY-MM-DD; null when it bears none. */
  date: string | null;
  /** Address of the clause on our policy page. */
  url: string;
}

/** One thing to choose in a "did you mean": `kind` is what a choice of it would be. */
export interface Option {
  kind: "answer" | "request" | "handoff" | "smalltalk" | "out-of-scope";
  id: string;
  title: string;
}

export const SMALLTALK_INTENTS = ["greeting", "thanks", "bye", "bot-identity"] as const;
export type SmalltalkIntent = (typeof SMALLTALK_INTENTS)[number];

/** An open question of a form. */
export interface Question {
  form: RequestType;
  /** Number of the form in its conversation. */
  n: number;
  slot: string;
  /** The kind of its answer (`choice`, `choices`, `text`, `date`, `email`, ...), for a fitting field. */
  input: string;
  choices?: { value: string; title: string }[];
  step: { at: number; of: number };
  /** It may be passed over. */
  optional?: true;
  /** The answer is free words that may need many lines. */
  long?: true;
  controls: Control[];
}

/** What can be done apart from answering (`back`, `why`, `confirm`, ...): the button `form:<n>.<act>`. */
export interface Control {
  act: string;
  title: string;
}

interface TopicRef {
  id: string;
  title: string;
}

/**
 * What the bot says, in words for programs: beside the text of every activity (`channelData.madoguchi`)
 * and in every line of `npm run ask`.
 */
export type Part =
  | { kind: "answer"; clauses: string[]; citations: Citation[]; score: number }
  | { kind: "clarify"; clarify: Option[] }
  /** With the fields of `ask` once its form has begun. */
  | ({ kind: "request"; request: RequestType } & Partial<Question>)
  | ({ kind: "ask" } & Question)
  | {
      kind: "review";
      form: RequestType;
      n: number;
      rows: { slot: string; label: string; value: string }[];
      controls: Control[];
    }
  | { kind: "receipt"; receipt: string; type: RequestType; receivedAt: string; targetAt: string }
  /** With the number of the form in which it can be taken back now, and how. */
  | {
      kind: "status";
      receipt: string;
      type: RequestType;
      state: string;
      n?: number;
      controls?: Control[];
    }
  /** `agent`: the name of the person whose words these are, with the clauses that they cite. */
  | {
      kind: "handoff";
      status: "unavailable" | "closed" | "requested" | "assigned" | "ended";
      agent?: string;
      citations?: Citation[];
    }
  | { kind: "smalltalk"; intent: SmalltalkIntent }
  | { kind: "out-of-scope"; reason: "silent" | "not-ours"; topics: TopicRef[] }
  /**
   * `about`: the opening of a talk, or something of the customer's own (a form, a code, the record of the chat).
   * `notice` `erased`: what was said before is gone at the desk; a client that still shows it shall not.
   */
  | { kind: "notice"; notice?: "erased"; about?: "opening" | "own" };

/** A whole message: its first part, and all of them when it has several. */
export type Words = Part & { parts?: Part[] };
