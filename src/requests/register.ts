import type { Locale } from "../reply/locale.ts";
import type { RequestType } from "./request-type.ts";
import type { RequestState } from "./state.ts";

/** A request as it is filed. Everything a person told is in `answers`, sealed at rest. */
export interface NewRequest {
  type: RequestType;
  /** Ten letters, as `receipt.ts` makes them; unique. */
  receipt: string;
  /** The code that shows the request to whoever has it; kept as a keyed hash only. */
  code: string;
  /** ms since 1970. */
  receivedAt: number;
  /** Our own target as it is told now, a day in Japan (YYYY-MM-DD). */
  targetOn: string;
  locale: Locale;
  /** Slot names and values, those that mattered. */
  answers: Readonly<Record<string, unknown>>;
  /** Version of the notice of purpose and retention that was agreed to. */
  consent: string;
  /** What makes two requests the same person's: kept as a keyed hash; absent when nobody was named. */
  person?: string;
  /** Number of the form within its conversation: one form files one request, however often it is sent. */
  form: number;
}

/** What a customer may see of a request. */
export interface RequestView {
  type: RequestType;
  receipt: string;
  state: RequestState;
  receivedAt: number;
  targetOn: string;
}

/** A form that a customer saved to go on later. Sealed at rest. */
export interface Draft {
  form: RequestType;
  answers: Readonly<Record<string, unknown>>;
  asking: string;
}

/** What a turn must know before it can decide. `by`: the arrival that asks; asking again under it changes nothing. */
export type Lookup =
  | { look: "request"; receipt: string; code: string }
  | { look: "draft"; code: string }
  | { look: "duplicate"; type: RequestType; person: string };

/** What was found. `locked`: too many tries, whatever was told now. */
export type Found =
  | { look: "request"; request: RequestView | null; locked?: true }
  | { look: "draft"; draft: Draft | null; locked?: true }
  | { look: "duplicate"; open: (RequestView & { own: boolean }) | null };

/** What a turn changes in the register, in the turn's own transaction. */
export type Change =
  | { do: "file"; request: NewRequest }
  | { do: "withdraw"; receipt: string }
  | { do: "save"; code: string; until: number; draft: Draft }
  /** Changes of linked requests are told in this conversation no more. */
  | { do: "unlink" }
  /** A draft that was taken up again is gone. */
  | { do: "take"; code: string };

/** The register is not as the turn has read it: nothing was changed, and the turn shall be run again. Holds no content. */
export class RegisterConflict extends Error {
  readonly reason: "receipt-taken" | "code-taken" | "not-open";
  constructor(reason: RegisterConflict["reason"]) {
    super(`register conflict: ${reason}`);
    this.reason = reason;
  }
}

/** The register as the turn reads it. What is changed goes with the turn's commit (`Inbox.commit`). */
export interface Register {
  /**
   * Looks something up for an arrival of a conversation. Wrong tries are counted: five within 24 hours lock a receipt
   * number (or the operator's draft code for this conversation) until the day after, for right codes too; an unknown
   * number looks the same as a wrong code. A try is counted once per arrival.
   */
  look(
    at: { operator: string; conversation: string; customer: string; channel: string; arrival: number },
    lookup: Lookup,
    now: number,
  ): Promise<Found>;
}
