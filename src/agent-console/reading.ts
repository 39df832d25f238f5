import type { AuditEntry } from "../requests/audit.ts";

/** What shows data of one person: each such row of the audit counts. */
export const READS = ["show", "reveal", "letter"] as const satisfies readonly AuditEntry["what"][];
export const isRead = (what: AuditEntry["what"]): boolean => (READS as readonly string[]).includes(what);

/** Different subjects that an account reads within this time are counted; the limit is the operator's (`desk.reads`). */
export const READ_WINDOW_MS = 60 * 60_000;
/** How long an approval lifts the limit, in milliseconds. */
export const PERMIT_MS = 60 * 60_000;

/** A wish to read more than the limit, until somebody else approves it. */
export interface PermitWish {
  id: string;
  account: string;
  name: string;
  askedAt: number;
  reason: string;
}

/** What an account reads of people, with the audit. */
export interface Reading {
  /**
   * Writes the row of the audit, and says whether what it is about may be shown, `limit` subjects within the window.
   * `first`: nothing was read within the window before; or this is the refusal with which the limit was reached. The row
   * of a refusal says `alarm`.
   */
  admit(entry: AuditEntry, now: number, limit: number): Promise<{ ok: boolean; first: boolean }>;
  /** Asks for an approval; one wish an account and operator, the last reason counts. */
  ask(operator: string, wish: PermitWish, audit: AuditEntry): Promise<void>;
  /** The wishes at an operator that nobody has approved, the oldest first. */
  wishes(operator: string): Promise<PermitWish[]>;
  /** False: there is no such wish, or it is the approver's own. The row of the audit is written when it is done. */
  approve(operator: string, id: string, by: string, now: number, audit: AuditEntry): Promise<boolean>;
}
