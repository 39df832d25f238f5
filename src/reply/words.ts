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
  | { kind: "request"; request: RequestType }
  | { kind: "handoff"; status: "unavailable" | "closed" | "requested" | "assigned" | "ended" }
  | { kind: "smalltalk"; intent: SmalltalkIntent }
  | { kind: "out-of-scope"; reason: "silent" | "not-ours"; topics: TopicRef[] }
  | { kind: "notice" };

/** A whole message: its first part, and all of them when it has several. */
export type Words = Part & { parts?: Part[] };
