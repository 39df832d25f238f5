import type { Grants } from "./role.ts";

/** A session is over after this long without a request, in milliseconds. */
export const IDLE_MS = 30 * 60_000;
/** And after this long in any case. */
export const ABSOLUTE_MS = 12 * 60 * 60_000;

/** Somebody who has signed in, as a route sees them. */
export interface Session {
  /** Names the session in lists and opens nothing: what opens it is in the cookie alone. */
  id: string;
  /** Id of the account. */
  account: string;
  /** What the account signs in with. */
  login: string;
  /** What colleagues call them. */
  name: string;
  grants: Grants;
  /** Milliseconds since 1970. */
  begunAt: number;
  seenAt: number;
}

/** One of an account's own sessions in their list. */
export type SessionLine = Pick<Session, "id" | "begunAt" | "seenAt">;

/**
 * Who is signed in. The id in the cookie is kept as a keyed hash. A session is gone as soon as it was ended, its account
 * was disabled or got other roles, or one of the two limits has passed.
 */
export interface Sessions {
  /** Begins one for an account that is not disabled; `secret` is for the cookie, new at each sign-in. */
  begin(account: string, secret: string, now: number): Promise<void>;
  /** Whose session it is; undefined when there is none. Notes when it was used, to the minute. */
  find(secret: string, now: number): Promise<Session | undefined>;
  /** Which of these sessions, by id, still are. */
  alive(ids: readonly string[], now: number): Promise<ReadonlySet<string>>;
  /** Accounts with a session that was used since. */
  usedSince(since: number): Promise<ReadonlySet<string>>;
  /** Those of an account, the newest first. */
  of(account: string, now: number): Promise<SessionLine[]>;
  /** False when the account has no such session. */
  end(account: string, id: string): Promise<boolean>;
}
