import type { Locale } from "../reply/locale.ts";
import type { MaySend } from "./identity.ts";
import type { RequestType } from "./request-type.ts";
import type { RequestState } from "./state.ts";

/**
 * An e-mail address that a request holds. `reply`: its answer goes there, and so do notices. `holder`: the wish is about
 * this address and nothing else, so whoever reads its mail may ask. `subject`: it is one of several things it is about.
 */
export interface MailAddress {
  to: string;
  use: "reply" | "holder" | "subject";
}

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
  /** Absent when no e-mail address was told. */
  mail?: MailAddress;
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
  /** It is open and holds an address that no code has confirmed yet. */
  confirms?: MailAddress["use"];
}

/** A form that a customer saved to go on later. Sealed at rest. */
export interface Draft {
  form: RequestType;
  answers: Readonly<Record<string, unknown>>;
  asking: string;
  /** Where the customer wants to be answered. */
  mail?: MailAddress;
}

/** What a turn must know before it can decide. `by`: the arrival that asks; asking again under it changes nothing. */
export type Lookup =
  | { look: "request"; receipt: string; code: string }
  | { look: "draft"; code: string }
  | { look: "duplicate"; type: RequestType; person: string }
  /** Whether a code may be mailed now to the address of a request that this conversation has a right to. */
  | { look: "mail-code"; receipt: string }
  /** Whether these six digits are the code that was mailed for it from this conversation. */
  | { look: "try-code"; receipt: string; code: string };

/** What was found. `locked`: too many tries, whatever was told now. */
export type Found =
  | { look: "request"; request: RequestView | null; locked?: true }
  | { look: "draft"; draft: Draft | null; locked?: true }
  | { look: "duplicate"; open: (RequestView & { own: boolean }) | null }
  | ({ look: "mail-code" } & MaySend)
  /** `use` when it was right; a wrong, late, used or unknown one is not told apart. */
  | { look: "try-code"; use: MailAddress["use"] | null };

/** What a turn changes in the register, in the turn's own transaction. */
export type Change =
  | { do: "file"; request: NewRequest }
  | { do: "withdraw"; receipt: string }
  | { do: "save"; code: string; until: number; draft: Draft }
  /** Changes of linked requests are told in this conversation no more. */
  | { do: "unlink" }
  /** A draft that was taken up again is gone. */
  | { do: "take"; code: string }
  /** Six digits to the request's address. */
  | { do: "mail-code"; receipt: string; code: string }
  /** The code was right: the arrival that was told so confirms, once. */
  | { do: "confirm"; receipt: string };

/** The register is not as the turn has read it: nothing was changed, and the turn shall be run again. Holds no content. */
export class RegisterConflict extends Error {
  readonly reason: "receipt-taken" | "code-taken" | "not-open" | "code-not-sent" | "code-gone";
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
