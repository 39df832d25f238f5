import type { Locale } from "../reply/locale.ts";
import type { Standing } from "./state.ts";

/** Why a person was called, or offered: in the customer's words, or by what has happened. */
export const TRIGGERS = ["asked", "misses", "anger", "dispute", "leak"] as const;
export type Trigger = (typeof TRIGGERS)[number];

/** How a customer who cannot wait is reached later. Sealed at rest. */
export interface Callback {
  /** `XXXX-XXXX`, told to the customer. */
  number: string;
  /** The day by which we come back to them, YYYY-MM-DD in Japan. */
  targetOn: string;
  /** A telephone number or an e-mail address; null where only the chat is known. */
  contact: string | null;
  /** What it is about, in the customer's words; empty when nothing was said. */
  text: string;
}

/** One way from bot to agent and back. Nothing in it was typed by the customer but the call-back. */
export interface Handoff extends Standing {
  id: string;
  operator: string;
  conversation: string;
  channel: string;
  locale: Locale;
  trigger: Trigger;
  /** What the talk was about when the person was called, a topic or `request:<type>`; null when nothing was asked yet. */
  topic: string | null;
  /** The clauses that the last answer stood on, best first. */
  clauses: readonly string[];
  callback: Callback | null;
  /** What the customer thought of it afterwards; null: was not told. */
  rating: "up" | "down" | null;
  /** What the agent noted at the end, for the staff. */
  resolution: string | null;
  /** 1 is next; null when it does not wait in the chat. */
  place: number | null;
  /** Since when it waits or waited, up to the claim or `now`, in milliseconds. */
  waitedMs: number;
  /** `seq` of the last activity that its agent has read; 0: none. */
  readSeq: number;
  /** `seq` of the customer's last activity; above `readSeq` when it is unread. */
  customerSeq: number;
  /** Rises by one with each change: whoever has an older one looks again. */
  version: number;
}

/** Words of the staff for the staff. No channel reads them. */
export interface PrivateNote {
  audience: "staff";
  at: number;
  /** Id of the account, and the name that colleagues see. */
  by: string;
  name: string;
  text: string;
}

/** The form that the customer is in the middle of, as far as it was answered; sensitive answers in part only. */
export interface FormSoFar {
  type: string;
  /** Number of the form in its chat. */
  n: number;
  /** The slot that stands open. */
  asking: string;
  rows: readonly { slot: string; label: string; value: string }[];
  /** What the open question takes; null at the review, and where somebody at the desk may not answer. */
  question: OpenQuestion | null;
}

export interface OpenQuestion {
  label: string;
  /** `choice`, `choices`, `text`, `date`, `email`, ... */
  input: string;
  choices: readonly { value: string; title: string }[];
  optional: boolean;
}

/** What an agent does in a form for the customer: never more than an answer. What is sent the customer confirms. */
export type FillIn =
  | { do: "start"; type: string }
  | { do: "answer"; n: number; slot: string; text: string }
  | { do: "choose"; n: number; slot: string; values: readonly string[] }
  | { do: "back" | "skip"; n: number };
