import type { AuditEntry } from "../requests/audit.ts";
import type { Grants, Role } from "./role.ts";

/** An invitation can be taken up within this time, once. */
export const INVITATION_MS = 72 * 60 * 60_000;

/** Somebody who may sign in to the console, or will when they have taken up their invitation. */
export interface Account {
  id: string;
  /** `a-z`, digits and `._@-`, 2 to 64 of them. */
  login: string;
  /** What colleagues call them. */
  name: string;
  state: "invited" | "active" | "disabled";
  grants: Grants;
}

/** What signing in is checked against. */
export interface Credentials {
  account: string;
  /** As `hashPassword` gives it. */
  password: string;
  /** The secret of the one-time codes, base32. */
  totp: string;
}

/** A new way in: the secrets are made anew, what there was before opens nothing any more. */
export interface Invitation {
  /** For the link; kept as a hash. */
  token: string;
  totp: string;
  until: number;
}

export interface Invited {
  account: string;
  login: string;
  name: string;
  totp: string;
}

/** Who may be at the console. Whatever changes what an account may or how it gets in ends its sessions. */
export interface Accounts {
  /** Whether anybody who can sign in has one of these roles at the operator. */
  staffed(operator: string, roles: readonly Role[]): Promise<boolean>;
  /** Whether there is any: there is none that comes by itself. */
  any(): Promise<boolean>;
  list(): Promise<Account[]>;
  /** Those that can sign in and are something at this operator. */
  at(operator: string): Promise<Account[]>;
  find(login: string): Promise<Account | undefined>;
  /** False when there is an account with this login. */
  add(
    account: Pick<Account, "id" | "login" | "name" | "grants">,
    invitation: Invitation,
    now: number,
    audit: AuditEntry,
  ): Promise<boolean>;
  invite(account: string, invitation: Invitation, audit: AuditEntry): Promise<void>;
  disable(account: string, now: number, audit: AuditEntry): Promise<void>;
  endSessions(account: string, audit: AuditEntry): Promise<void>;
  /** Takes the place of all that the account was at this operator. */
  setRoles(account: string, operator: string, roles: readonly Role[], audit: AuditEntry): Promise<void>;

  /** An invitation that can still be taken up. */
  invitation(token: string, now: number): Promise<Invited | undefined>;
  /** Takes it up: exactly one call does. `step`: the one-time code's, which is used with it. */
  enrol(
    token: string,
    password: string,
    step: number,
    recovery: readonly string[],
    now: number,
  ): Promise<boolean>;

  /** Of an account that can sign in. */
  credentials(login: string): Promise<Credentials | undefined>;
  /** False when the code of this step of time, or a later one, was used before. */
  useStep(account: string, step: number): Promise<boolean>;
  /** False when there is no such recovery code (any more). */
  useRecovery(account: string, code: string): Promise<boolean>;
  setPassword(account: string, password: string, audit: AuditEntry): Promise<void>;

  /** Whether this browser has signed in to the account before. */
  knowsDevice(login: string, device: string, now: number): Promise<boolean>;
  rememberDevice(login: string, device: string, until: number, now: number): Promise<void>;
}
