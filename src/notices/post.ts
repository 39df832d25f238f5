import { setTimeout as sleep } from "node:timers/promises";
import type { Clock, Log } from "../ports.ts";
import type { Letters } from "./letter.ts";
import type { Mail, Sent } from "./mail.ts";
import type { NoticeOutbox, Posting } from "./outbox.ts";

/** Longer than a letter is ever held by `Mail.send`. */
const LEASE_MS = 120_000;
const BATCH = 20;
const SWEEP_MS = 500;
const LONGEST_WAIT_MS = 900_000;
const STOP_MS = 5_000;

export interface PostOptions {
  outbox: NoticeOutbox;
  mail: Mail;
  letters: Letters;
  clock: Clock;
  log: Log;
}

/** Mails what is due, once around. Returns how many were tried. */
export async function post({ outbox, mail, letters, clock, log }: PostOptions): Promise<number> {
  const due = await outbox.claimDue(clock.now(), BATCH, LEASE_MS);
  await Promise.all(
    due.map(async (posting) => {
      const sent = await send(mail, letters, posting);
      const now = clock.now();
      if (sent === "sent") return outbox.sent(posting, now);
      const dueAt = now + backoffMs(posting.tries);
      const dead = sent === "refused" || dueAt >= posting.until;
      log.warn("notice.not-sent", { kind: posting.notice.kind, tries: posting.tries, dead });
      return outbox.failed(posting, dead ? null : dueAt);
    }),
  );
  return due.length;
}

async function send(mail: Mail, letters: Letters, posting: Posting): Promise<Sent> {
  const letter = letters(posting);
  if (!letter) return "refused";
  try {
    return await mail.send(letter);
  } catch {
    return "retry";
  }
}

/** 1, 2, 4, ... seconds, at most a quarter of an hour. */
const backoffMs = (tries: number): number => Math.min(1_000 * 2 ** (tries - 1), LONGEST_WAIT_MS);

/** The post of a running desk: looks again and again, never twice at once. */
export interface PostOffice {
  start(): void;
  /** Ends when the letters that are under way have an end, within five seconds; what has none is tried again later. */
  stop(): Promise<void>;
}

export function createPostOffice(options: PostOptions): PostOffice {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  const round = () => {
    running ??= post(options)
      .then(
        () => {},
        (error: unknown) =>
          options.log.warn("notice.sweep", { error: error instanceof Error ? error.name : "unknown" }),
      )
      .finally(() => {
        running = undefined;
      });
  };
  return {
    start() {
      timer = setInterval(round, SWEEP_MS);
      round();
    },
    async stop() {
      clearInterval(timer);
      await Promise.race([running, sleep(STOP_MS, undefined, { ref: false })]);
    },
  };
}
