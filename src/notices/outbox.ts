import type { Notice } from "./notice.ts";

/** A notice that is to be mailed now, held by one process for the length of its lease. */
export interface Posting {
  id: number;
  operator: string;
  /** The same over all tries. */
  key: string;
  notice: Notice;
  tries: number;
  /** From then on nobody wants it any more, ms since 1970. */
  until: number;
}

/** The notices that wait for the mail. They are written with what causes them (`storage/notices.ts`). */
export interface NoticeOutbox {
  /** Up to `limit` that are due, for `leaseMs`; one that nobody wants any more is given up here. */
  claimDue(now: number, limit: number, leaseMs: number): Promise<Posting[]>;
  /** Its words and its address go; that it was sent stays with its request. */
  sent(posting: Posting, now: number): Promise<void>;
  /** Due again at `dueAt`; null gives it up: its words go, it stays visible. */
  failed(posting: Posting, dueAt: number | null): Promise<void>;
  counts(): Promise<{ waiting: number; dead: number }>;
}
