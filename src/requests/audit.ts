/**
 * Who saw, changed, released, exported or forgot what, when and why. Holds no personal data of a customer: `subject` is
 * a receipt number or an id of ours, and personal numbers are masked out of `reason` by whoever records.
 */
export interface AuditEntry {
  /** Milliseconds since 1970. */
  at: number;
  actor: string;
  role: string;
  operator: string;
  what:
    | "show"
    | "list"
    | "move"
    | "letter"
    | "export"
    | "link"
    | "purge"
    | "hold"
    // An agent and a chat: taken, given back or on, a private note, a word to the customer, handed back to the bot.
    | "claim"
    | "release"
    | "transfer"
    | "note"
    | "say"
    | "end"
    | "fill" // a form, with the customer
    | "search"
    | "confirm"
    | "erase"
    | "rotate"
    | "backup"
    | "restore"
    | "reveal"
    | "prepare" // a decision, for another one to release (`release`)
    | "sign-in"
    | "account" // who may be at the console, and as what
    | "alarm" // somebody read more than one person alone may
    | "approve";
  /** Null when it is about more than one. */
  subject: string | null;
  reason: string;
}

/** The last row of the audit: whoever has kept it elsewhere sees later whether rows have gone. */
export interface AuditHead {
  /** 0: there is no row yet. */
  seq: number;
  hash: string;
}

/** The whole audit, or the first row that is not as it was written. */
export type Verified =
  | { ok: true; head: AuditHead }
  | {
      ok: false;
      /** Number of the row, from 1. */
      bad: number;
      why:
        | "changed" // it, or its place, is not as it was written
        | "missing" // a number is left out
        | "cut" // the rows from here on are gone: a head that was kept shows them
        | "replaced" // the row that a kept head names is another one
        | "reason" // its reason is gone, although what it is about was not erased
        | "head"; // no head was kept, or it cannot be read
    };

export interface Audit {
  /** Written before anything is shown. What an effect records with itself goes in the effect's own transaction. */
  record(entry: AuditEntry): Promise<void>;
  /** Reads it all, and compares it with the heads that were kept: beside the database, and `kept` ones from elsewhere. */
  verify(kept?: readonly AuditHead[]): Promise<Verified>;
}
