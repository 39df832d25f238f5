/** Tries before any waiting: at an account or a browser that it knows, and from an address (an office has one). */
const FREE = { account: 5, device: 5, address: 30 } as const;
export type TryKind = keyof typeof FREE;

/** Failures are forgotten after this long without one, in milliseconds. */
export const FORGET_MS = 24 * 60 * 60_000;
const FIRST_MS = 60_000;
const LONGEST_MS = 15 * 60_000;

/** What tries are counted by; `key` is kept as a keyed hash. */
export interface TrySubject {
  kind: TryKind;
  key: string;
}

/** How long the next try must wait after so many failures: 1, 2, 4, 8 and then 15 minutes each. Pure. */
export function delayMs(kind: TryKind, failures: number): number {
  const over = failures - FREE[kind];
  return over < 0 ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** over);
}

/** Tries to sign in. They are counted before they are looked at, so that a hundred at once are a hundred. */
export interface Tries {
  /** 0: counted as failures, go on. Otherwise how long to wait, in milliseconds, and nothing was counted. */
  take(subjects: readonly TrySubject[], now: number): Promise<number>;
  /** It was no failure: the account and the browser begin anew, the address has this one back. */
  forgive(subjects: readonly TrySubject[]): Promise<void>;
}
