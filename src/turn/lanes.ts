import { setTimeout as sleep } from "node:timers/promises";
import type { Clock, Ids, Log } from "../ports.ts";
import type { Message } from "../reply/message.ts";
import type { Texts } from "../reply/texts.ts";
import type { Random } from "../requests/receipt.ts";
import { type Register, RegisterConflict } from "../requests/register.ts";
import type { Activity } from "./activity.ts";
import { blackOut, withNote } from "./black-out.ts";
import { formUntil } from "./form-until.ts";
import { apology } from "./notices.ts";
import type { StaffOf } from "./staff.ts";
import {
  type Claim,
  type Conversation,
  type Inbox,
  type Job,
  type Result,
  StoreUnavailable,
} from "./store.ts";
import { take, talkAfterFailure } from "./take.ts";
import type { Brain, Outcome } from "./talk.ts";

/** A turn that ended, for the counters. `ms`: from its begin to its commit. */
export interface TurnEnd {
  operator: string;
  channel: string;
  state: Result["state"];
  ms: number;
}

export interface LanesOptions {
  brain: Brain;
  texts: Texts;
  inbox: Inbox;
  register: Register;
  /** How an operator's agents stand; none where nobody keeps hand-offs. */
  staff?: StaffOf;
  random: Random;
  clock: Clock;
  ids: Ids;
  log: Log;
  claim: Claim;
  /** Does this channel push what we say, or do its clients fetch it? */
  pushes: (channel: string) => boolean;
  languages: ReadonlyMap<string, (conversation: Conversation) => Promise<string | undefined>>;
  /** What was appended, and before it what was replaced. */
  onActivities(conversation: Conversation, activities: readonly Activity[]): void;
  /** The bot has read and answered what the customer wrote, up to the line `seq`. */
  onRead?(conversation: Conversation, seq: number): void;
  onTurn(turn: TurnEnd): void;
  /** What a committed turn has done about a person. */
  onDesk?(conversation: Conversation, desk: NonNullable<Result["desk"]>): void;
}

/** Attempts before a message is given up. */
const MAX_TRIES = 5;
/** Wait after the first, second, ... failed attempt. */
const BACKOFF_MS = [100, 300, 1_000, 2_000] as const;
const STORE_RETRY_MS = 50;

/** Runs the turns of claimed conversations, each conversation's one after the other. */
export class Lanes {
  readonly #options: LanesOptions;
  readonly #running = new Set<Promise<void>>();
  #stopping = false;

  constructor(options: LanesOptions) {
    this.#options = options;
  }

  start(job: Job): void {
    const lane = this.#lane(job)
      .catch((error: unknown) => this.#options.log.error("turn.lane-failed", { error: nameOf(error) }))
      .finally(() => this.#running.delete(lane));
    this.#running.add(lane);
  }

  get size(): number {
    return this.#running.size;
  }

  /** Ends each lane after the turn that it is in. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#running);
  }

  async #lane(first: Job): Promise<void> {
    for (let job: Job | null = first; job; ) {
      if (this.#stopping && job !== first) return this.#giveBack({ ...job, tries: job.tries - 1 }, 0);
      job = await this.#turn(job);
    }
  }

  async #turn(job: Job): Promise<Job | null> {
    const { clock, inbox, claim, log } = this.#options;
    const began = performance.now();
    const result = await this.#decide(job);
    if (!result) {
      await this.#giveBack(job, BACKOFF_MS[job.tries - 1] ?? 0);
      return null;
    }
    const { operator, channel } = job.conversation;
    const lapses = clock.now() + claim.leaseMs;
    for (;;) {
      try {
        const done = await inbox.commit(job, result, clock.now(), claim, this.#options.pushes(channel));
        if (done.kind === "lost") return null;
        if (done.kind === "moved") {
          await this.#giveBack({ ...job, tries: job.tries - 1 }, 0);
          return null;
        }
        const { masked } = result;
        this.#options.onActivities(job.conversation, masked ? [masked, ...done.appended] : done.appended);
        const read = lineRead(job, result, done.appended);
        if (read) this.#options.onRead?.(job.conversation, read.seq);
        if (result.desk) this.#options.onDesk?.(job.conversation, result.desk);
        this.#options.onTurn({ operator, channel, state: result.state, ms: performance.now() - began });
        return done.next;
      } catch (error) {
        if (error instanceof RegisterConflict) {
          log.warn("turn.again", { reason: error.reason });
          await this.#giveBack(job, BACKOFF_MS[0]);
          return null;
        }
        if (!(error instanceof StoreUnavailable)) throw error;
        log.warn("turn.commit-waits", { reason: error.reason });
        // Once the lease has lapsed another process may take over, or this one when it sweeps.
        if (this.#stopping || clock.now() >= lapses) return null;
        await sleep(STORE_RETRY_MS);
      }
    }
  }

  /** Undefined: to be tried again. */
  async #decide(job: Job): Promise<Result | undefined> {
    const { texts, log } = this.#options;
    if (job.tries <= MAX_TRIES) {
      try {
        return this.#result(job, "done", await take(this.#options, job));
      } catch (error) {
        // Nothing is wrong with the message while the database is away.
        if (error instanceof StoreUnavailable) return undefined;
        log.error("turn.failed", {
          error: nameOf(error),
          tries: job.tries,
          operator: job.conversation.operator,
        });
        if (job.tries < MAX_TRIES) return undefined;
      }
    }
    const talk = talkAfterFailure(job);
    log.error("turn.dead", { tries: job.tries, operator: job.conversation.operator });
    return this.#result(job, "dead", { talk, messages: [apology(texts, talk.locale)] });
  }

  #result({ activity }: Job, state: Result["state"], outcome: Outcome): Result {
    const { brain, texts, ids } = this.#options;
    const { talk, messages, asked, changes, erase, link, desk, agent } = outcome;
    const found = activity && blackOut(activity, { contacts: brain.contacts, keep: asked ?? [] });
    const said = found ? withNote(texts, messages, found.kinds) : messages;
    const named = (all: readonly Message[]) => all.map((message) => ({ id: ids.next(), message }));
    return {
      state,
      talk,
      messages: named(said),
      ...(agent === undefined ? {} : { agent }),
      ...(erase ? { erase: { held: named(erase.held) } } : {}),
      ...(link ? { link } : {}),
      ...(found ? { masked: found.activity } : {}),
      ...(changes ? { changes } : {}),
      formUntil: formUntil(talk),
      ...(desk ? { desk: { id: ids.next(), step: desk } } : {}),
    };
  }

  async #giveBack(job: Job, waitMs: number): Promise<void> {
    const { inbox, clock, claim } = this.#options;
    await inbox.defer(job, clock.now() + waitMs, claim).catch((error: unknown) => {
      if (!(error instanceof StoreUnavailable)) throw error;
    });
  }
}

/** The line that the bot has read and answered: none that a person at the desk will read, none that was given up. */
function lineRead({ activity, handoff }: Job, { state }: Result, appended: readonly Activity[]) {
  const answered = state === "done" && appended.length > 0 && handoff?.state !== "assigned";
  return answered ? activity : null;
}

/** The kind of an error. Never its message: that may hold what a customer wrote. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
