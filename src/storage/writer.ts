import type { Kysely } from "kysely";
import { StoreUnavailable } from "../turn/store.ts";
import type { Tables } from "./tables.ts";

/** A transaction, as an operation sees it. */
export type Tx = Kysely<Tables>;

/** One database's way to begin, end and judge a transaction. */
export interface Session {
  readonly db: Tx;
  begin(): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  mark(): Promise<void>;
  unmark(): Promise<void>;
  rollbackToMark(): Promise<void>;
  /** The fault behind an error that may pass; undefined for anything else. */
  faultOf(error: unknown): StoreUnavailable["reason"] | undefined;
  /** Whether the disk has refused a write or a sync: what this process has written before may be lost unseen. */
  breaks(error: unknown): boolean;
}

/** Who waits for an operation: somebody outside, for an acknowledgement, or only the work of the desk itself. */
export type Haste = "awaited" | "usual";

export interface Writer {
  /**
   * Runs `operation` in a transaction that is on the disk when the promise resolves. Operations of one haste run in the
   * order in which they came; what is awaited goes before what is usual (which is the default).
   */
  write<T>(operation: (tx: Tx) => Promise<T>, haste?: Haste): Promise<T>;
}

interface Waiting {
  run(tx: Tx): Promise<() => void>;
  reject(error: unknown): void;
  until: number;
}

const MAX_BATCH = 256;
/** What is awaited waits for no more operations than that, and for the sync. */
const MAX_AWAITED = 64;
/** After so many awaited operations a usual one has its turn: however much comes, what has come is worked on. */
const MAX_AHEAD = 3;
/**
 * How long a batch, or what follows on it, may hold the process before whoever waits for the network is heard: this long,
 * or as long as they took when they were heard last. Else a busy process would record ever less of what it hears.
 */
const PIECE_MS = 2;
const MAX_PIECE_MS = 4;
const MAX_WAITING = 10_000;
const LOCK_WAIT_MS = 5_000;
const LOCK_RETRY_MS = 10;

/**
 * Group commit: what arrives while the disk is busy shares the next transaction and its one sync.
 * An operation that fails is undone alone; when the commit fails, every one of the batch is told so.
 *
 * When the disk refuses a write or a sync, nothing is written any more: the kernel may have thrown the pages away and say
 * at the next sync that all is well (https://wiki.postgresql.org/wiki/Fsync_Errors). `onBroken` is called once.
 */
export class GroupWriter implements Writer {
  readonly #session: Session;
  readonly #queues: Record<Haste, Waiting[]> = { awaited: [], usual: [] };
  /** Awaited operations since the last usual one. */
  #ahead = 0;
  #running = false;
  readonly #between: (() => void)[] = [];
  readonly #pace = new Pace();

  #broken = false;
  readonly #onBroken: () => void;

  constructor(session: Session, onBroken: () => void = () => {}) {
    this.#session = session;
    this.#onBroken = onBroken;
  }

  /** Nothing is written any more by this process. */
  get broken(): boolean {
    return this.#broken;
  }

  /** Ends the writing, when the error says that the disk has refused. */
  judge(error: unknown): void {
    if (this.#broken || !this.#session.breaks(error)) return;
    this.#broken = true;
    this.#rejectAll(new StoreUnavailable("failing"));
    this.#onBroken();
  }

  write<T>(operation: (tx: Tx) => Promise<T>, haste: Haste = "usual"): Promise<T> {
    if (this.#broken) return Promise.reject(new StoreUnavailable("failing"));
    if (this.#size >= MAX_WAITING) return Promise.reject(new StoreUnavailable("overloaded"));
    return new Promise<T>((resolve, reject) => {
      const run = async (tx: Tx) => {
        const value = await operation(tx);
        return () => resolve(value);
      };
      this.#queues[haste].push({ run, reject, until: performance.now() + LOCK_WAIT_MS });
      if (this.#running) return;
      this.#running = true;
      setImmediate(() => void this.#drain());
    });
  }

  /** Runs `work` outside any transaction, before the next one begins. */
  between(work: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const run = () => {
        try {
          resolve(work());
        } catch (error) {
          reject(error);
        }
      };
      if (this.#running) this.#between.push(run);
      else run();
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  get #size(): number {
    return this.#queues.awaited.length + this.#queues.usual.length;
  }

  /** Rejects everything that waits. */
  #rejectAll(error: unknown): void {
    for (const queue of Object.values(this.#queues)) for (const w of queue.splice(0)) w.reject(error);
  }

  /** Whose turn it is. */
  #next(): { operation: Waiting; haste: Haste } | undefined {
    const { awaited, usual } = this.#queues;
    const haste = awaited.length > 0 && (usual.length === 0 || this.#ahead < MAX_AHEAD) ? "awaited" : "usual";
    const operation = this.#queues[haste].shift();
    this.#ahead = haste === "awaited" ? this.#ahead + 1 : 0;
    return operation && { operation, haste };
  }

  async #drain(): Promise<void> {
    this.#pace.begin();
    while (this.#size > 0) {
      if (await this.#begin()) await this.#batch();
      for (const run of this.#between.splice(0)) run();
      await this.#pace.rest();
    }
    this.#running = false;
    for (const run of this.#between.splice(0)) run();
  }

  /** False when another process holds the lock; whoever has waited too long for it is told. */
  async #begin(): Promise<boolean> {
    try {
      await this.#session.begin();
      return true;
    } catch (error) {
      this.judge(error);
      const reason = this.#session.faultOf(error);
      if (reason !== "locked") {
        this.#rejectAll(reason ? new StoreUnavailable(reason) : error);
        return false;
      }
      const now = performance.now();
      for (const queue of Object.values(this.#queues)) {
        // The oldest stand first.
        const late = queue.findIndex((w) => w.until > now);
        for (const w of queue.splice(0, late < 0 ? queue.length : late))
          w.reject(new StoreUnavailable("locked"));
      }
      await new Promise((resolve) => setTimeout(resolve, LOCK_RETRY_MS));
      return false;
    }
  }

  /** What waits, and what comes meanwhile, up to where it is enough. */
  async #batch(): Promise<void> {
    const batch: Waiting[] = [];
    const settled: (() => void)[] = [];
    let most = MAX_BATCH;
    try {
      for (let next = this.#next(); next; next = batch.length < most ? this.#next() : undefined) {
        const w = next.operation;
        batch.push(w);
        if (next.haste === "awaited") most = MAX_AWAITED;
        await this.#pace.breathe();
        await this.#session.mark();
        try {
          settled.push(await w.run(this.#session.db));
          await this.#session.unmark();
        } catch (error) {
          if (this.#session.faultOf(error)) throw error;
          await this.#session.rollbackToMark();
          settled.push(() => w.reject(error));
        }
      }
      await this.#session.commit();
    } catch (error) {
      this.judge(error);
      const reason = this.#session.faultOf(error);
      await this.#session.rollback().catch(() => {});
      for (const w of batch) w.reject(reason ? new StoreUnavailable(reason) : error);
      return;
    }
    for (const settle of settled) {
      settle();
      await this.#pace.breathe();
    }
  }
}

/** When the writer rests, so that whoever waits for the network is heard. */
class Pace {
  #began = 0;
  #pieceMs = PIECE_MS;

  begin(): void {
    this.#began = performance.now();
  }

  async rest(): Promise<void> {
    const stopped = performance.now();
    await new Promise((resolve) => setImmediate(resolve));
    this.begin();
    this.#pieceMs = Math.min(Math.max(this.#began - stopped, PIECE_MS), MAX_PIECE_MS);
  }

  /** Rests when the work since the last rest has taken long. */
  async breathe(): Promise<void> {
    if (performance.now() - this.#began >= this.#pieceMs) await this.rest();
  }
}
