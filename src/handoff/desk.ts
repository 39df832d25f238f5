import type { Citation } from "../reply/words.ts";
import type { FillIn, FormSoFar, Handoff, PrivateNote } from "./handoff.ts";
import type { Agent, HandoffState, Issue, Way } from "./state.ts";

/** An agent with the operators that their account is for: hand-offs of others do not exist for them. */
export interface AtDesk extends Agent {
  operators: readonly string[];
  /** Role of the account, for the audit. */
  role: string;
  /** Where the call came from, for the audit. */
  from?: string;
}

export interface HandoffFilter {
  /** Any of the agent's operators unless told. */
  operators?: readonly string[];
  states?: readonly HandoffState[];
  way?: Way;
  /** Id of the account that has it; null: nobody has. */
  agent?: string | null;
  locale?: Handoff["locale"];
}

/** Where the next page begins. */
export interface HandoffCursor {
  requestedAt: number;
  id: string;
}

export interface HandoffPage {
  handoffs: readonly Handoff[];
  next: HandoffCursor | null;
}

/** One line of the transcript, as an agent sees it: personal numbers that were blacked out stay so. */
export interface Line {
  id: string;
  seq: number;
  at: number;
  by: "customer" | "bot" | "agent";
  /** The agent's name; empty otherwise. */
  name: string;
  text: string;
  citations: readonly Citation[];
  /** The question of a form that it asks; the customer's next line is the answer. */
  asks?: { form: string; slot: string };
}

/** Everything that travels with a hand-off. */
export interface OpenedHandoff {
  handoff: Handoff;
  /** Up to the last 500 lines (or `most`), oldest first; earlier ones by `before`. */
  lines: readonly Line[];
  notes: readonly PrivateNote[];
  form: FormSoFar | null;
  /** The same with sensitive answers: for whoever is asked why they look. */
  whole: FormSoFar | null;
  /** Receipt of the request that was filed last in this talk. */
  filed: string | null;
}

/** What became of a step. `unknown`: there is none of that id at the agent's operators. */
export type Stepped =
  | { kind: "done"; handoff: Handoff }
  | { kind: "refused"; issue: Issue; agent: Handoff["agent"] }
  | { kind: "unknown" };

export type Said =
  | Stepped
  | { kind: "said"; line: Line }
  | { kind: "refused"; issue: "empty" | "too-long"; agent: null };

/** `form`: it is another one by now, or one is open already. `answer`: the words do not answer its question. */
export type Filled = Stepped | { kind: "refused"; issue: "form" | "answer"; agent: null };

/** Something has changed. `elsewhere`: another process has written; whoever shows something looks again. */
export type DeskChange =
  | { kind: "handoff"; id: string; operator: string; conversation: string }
  /** Something was said in a chat, with or without a hand-off; the customer is writing; the chat was deleted. */
  | { kind: "said" | "typing" | "gone"; conversation: string }
  | { kind: "elsewhere" };

/** Longest text of an agent, in UTF-16 units. */
export const MAX_REPLY = 2_000;

/**
 * The hand-offs as agents work on them. Every method but `list`, `read` and `typing` (which show or change nothing that
 * a person told) is one transaction and writes its row of the audit; what a customer is told goes with it.
 */
export interface HandoffDesk {
  /** By the time of the request, the earliest first; at most `limit` (1 to 200). */
  list(by: AtDesk, filter: HandoffFilter, limit: number, after?: HandoffCursor | null): Promise<HandoffPage>;
  /** Written down in the audit, then shown. `before`: lines with a smaller `seq` only. */
  get(by: AtDesk, id: string, before?: number): Promise<OpenedHandoff | undefined>;
  /** The same without a row, for whoever has written their own. `most`: lines. */
  look(
    by: AtDesk,
    id: string,
    page?: { before?: number | undefined; most?: number },
  ): Promise<OpenedHandoff | undefined>;
  /** New lines after `seq`, for whoever has it open; no row of the audit. */
  lines(by: AtDesk, id: string, after: number): Promise<readonly Line[] | undefined>;
  /** One holder: whoever is second is told who has it. Again by the holder: nothing changes. */
  claim(by: AtDesk, id: string): Promise<Stepped>;
  /** Back to those that wait. */
  release(by: AtDesk, id: string, note: string): Promise<Stepped>;
  transfer(by: AtDesk, id: string, to: Agent, note: string): Promise<Stepped>;
  /** For the staff alone; anybody of the operator's staff may add one. */
  note(by: AtDesk, id: string, text: string): Promise<Stepped>;
  /**
   * Said to the customer, by whoever has it. `key` is made up by the caller (16 to 64 of A-Z, a-z, 0-9, - and _), the
   * same at every try: it is said once.
   */
  say(by: AtDesk, id: string, key: string, text: string, citation?: Citation): Promise<Said>;
  /**
   * Answers the open question of a form for the customer, or begins a request for them: in a turn of its own, in the
   * agent's name, once for this key. Only by whoever has the chat; what is sent the customer confirms.
   */
  fillIn(by: AtDesk, id: string, key: string, what: FillIn): Promise<Filled>;
  /** Shown to the customer for a moment, where the channel can. */
  typing(by: AtDesk, id: string): Promise<void>;
  /** The agent has read up to `seq`. */
  read(by: AtDesk, id: string, seq: number): Promise<void>;
  /** Back to the bot; `resolution` is for the staff. */
  end(by: AtDesk, id: string, resolution: string): Promise<Stepped>;
  /** Returns the way to stop it. */
  onChange(listener: (change: DeskChange) => void): () => void;
}

/** Whether an operator has agents at all. Without, a customer is told how to reach a person otherwise. */
export interface Staffing {
  staffed(operator: string): Promise<boolean>;
}
