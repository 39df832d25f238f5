import type { Locale } from "../reply/locale.ts";
import type { AuditEntry } from "./audit.ts";
import type { RequestType } from "./request-type.ts";
import type { Actor, Issue, RequestEvent, RequestState, Standing, Step } from "./state.ts";

/** A request as its list shows it: nothing that a person told. */
export interface Listed extends Standing {
  operator: string;
  /** Ten letters. */
  receipt: string;
  locale: Locale;
  /** The target that the receipt named; the clock may have moved it since (`targetOn`). */
  promisedOn: string;
}

/** Words of the staff for the staff. Never in what goes out. */
export interface Note {
  audience: "staff";
  at: number;
  by: string;
  text: string;
}

/** What goes out to the customer, as it went. */
export interface Paper {
  audience: "customer";
  at: number;
  by: string;
  html: string;
}

/** The steps that end a request with an answer: prepared by one, released by another. */
export const DECISIONS = [
  "answered",
  "partly-answered",
  "no-such-data",
  "refused",
] as const satisfies RequestState[];
export type Decision = Extract<Step, { kind: (typeof DECISIONS)[number] }>;

/** Who works on a request: the id of their account, and what colleagues call them. */
export interface Worker {
  account: string;
  name: string;
}

/** A decision that waits for a second person. It lapses with any step that changes how the request stands. */
export interface Prepared {
  step: Decision;
  by: Worker;
  /** When; together with the request it says which one it is. */
  at: number;
  /** Place of the event after which it was prepared (`lastChange`). */
  after: number;
}

/** A notice by mail and what became of it; `dead`: given up. */
export interface Posted {
  kind: string;
  for: "customer" | "desk";
  /** When it was written, or sent. */
  at: number;
  state: "waiting" | "sent" | "dead";
  tries: number;
}

export interface Opened extends Listed {
  /** Slot names and values. */
  answers: Readonly<Record<string, unknown>>;
  /** Version of the notice that was agreed to. */
  consent: string;
  events: readonly RequestEvent[];
  notes: readonly Note[];
  papers: readonly Paper[];
  /** Null: there is none, or it has lapsed. */
  prepared: Prepared | null;
  /** Mail about it, without its words. */
  notices: readonly Posted[];
}

export interface Filter {
  operator: string;
  /** Any of these; all unless told. */
  states?: readonly RequestState[];
  types?: readonly RequestType[];
  /** Only what is still open. */
  open?: boolean;
  /** Only with a target up to this day, YYYY-MM-DD. */
  dueBy?: string;
}

/** Where the next page of a list begins. */
export interface Cursor {
  targetOn: string;
  id: number;
}

export interface ListPage {
  requests: readonly Listed[];
  next: Cursor | null;
}

/** What became of a step. `changed`: somebody else was first; look again. */
export type Stepped =
  | { kind: "moved"; request: Listed }
  | { kind: "changed" }
  | { kind: "unknown" }
  | { kind: "refused"; issue: Issue };

/** `own`: whoever has prepared it cannot release it. `changed`: it is not there (any more). */
export type Released = Stepped | { kind: "own" };

export interface Due {
  operator: string;
  type: RequestType;
  receipt: string;
  kind: "due-soon" | "overdue" | "expired";
}

/** One step of the clock's round; `next` is where the following one begins, null at the end. */
export interface Round {
  due: readonly Due[];
  /** Requests whose events do not follow from each other: nothing was done to them. */
  broken: number;
  next: number | null;
}

/** The register as the staff work on it. An operator sees its own requests alone: another's do not exist for it. */
export interface Docket {
  /** By target day, the earliest first; at most `limit` (1 to 500). */
  list(filter: Filter, limit: number, after?: Cursor | null): Promise<ListPage>;
  /**
   * Everything about one request, by its receipt number. @throws {EventsBroken} it does not stand as its events say
   */
  show(operator: string, receipt: string): Promise<Opened | undefined>;
  /**
   * One step, when the request still has this `version`; the step, the event and the audit's row stand together or not
   * at all. @throws {EventsBroken} it does not stand as its events say: nothing was changed
   */
  move(
    at: { operator: string; receipt: string; version: number },
    step: Step,
    actor: Actor,
    now: number,
    audit: AuditEntry,
  ): Promise<Stepped>;
  /** Puts a decision forward for another one to release, in the place of any before it; checked as a step is. */
  prepare(
    at: { operator: string; receipt: string; version: number },
    step: Decision,
    by: Worker,
    now: number,
    audit: AuditEntry,
  ): Promise<Stepped>;
  /**
   * Takes the step that was prepared at `preparedAt`: who has prepared it, and that it can still be taken, is looked at
   * in the same transaction. @throws {EventsBroken}
   */
  release(
    at: { operator: string; receipt: string; preparedAt: number },
    by: Worker,
    now: number,
    audit: AuditEntry,
  ): Promise<Released>;
  /** Takes back what was prepared at `preparedAt`; false when it is not there. */
  takeBack(
    at: { operator: string; receipt: string; preparedAt: number },
    audit: AuditEntry,
  ): Promise<boolean>;
  /** False when there is no such request. */
  addNote(at: { operator: string; receipt: string }, note: Note): Promise<boolean>;
  addPaper(at: { operator: string; receipt: string }, paper: Paper): Promise<boolean>;
  /**
   * What the clock has to say at `now`: due soon, overdue, expired, each once. One transaction over at most `limit`
   * requests; a round that is broken off says the rest when it is begun again.
   */
  tick(now: number, limit: number, after: number): Promise<Round>;
}
