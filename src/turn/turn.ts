import type { HandoffDesk, Staffing } from "../handoff/desk.ts";
import type { Clock, Ids, Log } from "../ports.ts";
import type { Texts } from "../reply/texts.ts";
import type { Random } from "../requests/receipt.ts";
import { type SteadyClock, steadyClock } from "../requests/steady.ts";
import type { Activity } from "./activity.ts";
import { withoutNumbers } from "./black-out.ts";
import { Deliveries, type Sender } from "./delivery.ts";
import { createHandoffDesk } from "./handoff-desk.ts";
import { createHandoffEvents, type HandoffEvents } from "./handoff-events.ts";
import { createHandoffRounds } from "./handoff-rounds.ts";
import { Lanes, type TurnEnd } from "./lanes.ts";
import { purge } from "./retention.ts";
import { staffOf } from "./staff.ts";
import {
  type Arrival,
  type Claim,
  type Conversation,
  type Feedback,
  type Party,
  type Received,
  type Store,
  StoreUnavailable,
} from "./store.ts";
import type { Brain } from "./talk.ts";

export interface TurnOptions {
  brain: Brain;
  texts: Texts;
  store: Store;
  clock: Clock;
  ids: Ids;
  /** Unguessable bytes, for receipt numbers and codes. */
  random: Random;
  log: Log;
  /** Channels that push, by name. */
  senders: ReadonlyMap<string, Sender>;
  /** Channels that can ask their platform in which language a new chat shall open, by name. */
  languages?: ReadonlyMap<string, Language>;
  /** Channels that show a customer what was read, by name. */
  readers?: ReadonlyMap<string, Reader>;
  /** One round of the requests' clock; none where nobody keeps requests. */
  rounds?: () => Promise<void>;
  /** Which operators have agents; none unless told. */
  staffing?: Staffing;
  /** What says whether the clock may be acted upon; one of its own unless it is shared. */
  steady?: SteadyClock;
  onTurn?(turn: TurnEnd): void;
}

/** The language tag of a customer, if the platform tells one soon: a turn waits for it. */
export type Language = (conversation: Conversation) => Promise<string | undefined>;

/** Shows the customer that what they wrote was read, up to the line `seq`. Nothing waits for it and nothing hangs on it. */
export type Reader = (conversation: Conversation, seq: number) => void;

type Listener = (conversation: Conversation["id"], activities: readonly Activity[]) => void;

/** From "a message has come" to "it is answered", for every channel. */
export interface Turn {
  /** Records the arrival, durably, and has its turn run. @throws {StoreUnavailable} nothing was recorded */
  receive(arrival: Arrival): Promise<Received>;
  /** Records what a customer thinks of one of our messages, without personal numbers; false when there is none such. */
  feedback(conversation: Conversation, feedback: Feedback): Promise<boolean>;
  /** A customer takes a line of theirs back (`Transcript.takeBack`). */
  takeBack(whose: Party & { channel: string }, activityId: string): Promise<void>;
  /** Begins to push what was put into the outbox by others than a turn. */
  push(): void;
  /**
   * Calls back with what this process has appended to a conversation; before it stands what was replaced, under a
   * `seq` that was told before. Returns the way to stop it.
   */
  onAppended(listener: Listener): () => void;
  /** The hand-offs, as agents work on them. */
  desk: HandoffDesk;
  /** The same as events of Bot Framework, for connectors in this process. */
  handoffEvents: Pick<HandoffEvents, "on">;
  /** A channel that can tell whether a customer has the chat open in this process. */
  watches(channel: string, isThere: (conversation: string) => boolean): void;
  /** The customer has deleted the chat. */
  gone(conversation: string): void;
  /** The customer is writing. */
  typing(conversation: string): void;
  /** Calls back when an agent writes. Returns the way to stop it. */
  onTyping(listener: (conversation: string, name: string) => void): () => void;
  /** Takes up what an earlier process has left, and goes on with it. */
  start(): void;
  /** Ends when the turns that are running are committed. What waits stays in the inbox. */
  stop(): Promise<void>;
}

/** A turn takes milliseconds; a process that is gone for this long gives its conversations up. */
const LEASE_MS = 3_000;
const SWEEP_MS = 250;
const SWEEP_LIMIT = 100;
/** What was blacked out, and what a killed process has deleted, leaves the database's log within this time. */
const COMPACT_MS = 20_000;
const RETENTION_CHECK_MS = 600_000;
/** A request that falls due at midnight is told of within this time; one that did while nobody ran, at the start. */
const ROUND_MS = 30_000;
/** Who waits for a person is looked after this often. */
const WAITING_MS = 1_000;
const NO_AGENTS: Staffing = { staffed: async () => false };

export function createTurn(options: TurnOptions): Turn {
  const { brain, texts, store, clock, ids, random, log, senders } = options;
  const claim: Claim = { by: ids.next(), leaseMs: LEASE_MS };
  const listeners = new Set<Listener>();
  const tell = (conversation: Pick<Conversation, "id">, activities: readonly Activity[]) => {
    for (const listener of listeners) listener(conversation.id, activities);
    desk.changed({ kind: "said", conversation: conversation.id });
  };
  const deliveries = new Deliveries(store.outbox, senders, clock, log);
  /** Set once it is started. */
  let push = () => {};
  const pushes = (channel: string) => senders.has(channel);
  const onActivities = (conversation: Conversation, activities: readonly Activity[]) => {
    tell(conversation, activities);
    if (pushes(conversation.channel)) push();
  };
  const onRead: Reader = (conversation, seq) =>
    options.readers?.get(conversation.channel)?.(conversation, seq);
  const typists = new Set<(conversation: string, name: string) => void>();
  const events = createHandoffEvents();
  const desk = createHandoffDesk({
    brain,
    texts,
    store,
    clock,
    ids,
    random,
    pushes,
    onActivities,
    onTyping(conversation, name) {
      for (const listener of typists) listener(conversation, name);
    },
    onRead,
    onMoved: (handoff) => quietly(events.moved(handoff)),
  });
  const watched = new Map<string, (conversation: string) => boolean>();
  const handoffRounds = createHandoffRounds({
    brain,
    texts,
    desk,
    clock,
    ids,
    random,
    handoffs: store.handoffs,
    isThere: (channel) => watched.get(channel),
  });
  /** What only tells others may fail alone. */
  function quietly(work: Promise<void>): void {
    work.catch((error: unknown) => {
      log.warn("handoff.event-failed", { error: error instanceof Error ? error.name : "unknown" });
    });
  }
  async function initiated(id: string): Promise<void> {
    const handoff = events.heard ? await store.handoffs.find(id, clock.now()) : undefined;
    if (handoff) await events.initiated(handoff, await desk.transcript(handoff));
  }
  const lanes = new Lanes({
    brain,
    texts,
    inbox: store.inbox,
    register: store.register,
    random,
    clock,
    ids,
    log,
    claim,
    pushes,
    staff: staffOf(brain, options.staffing ?? NO_AGENTS, store.handoffs),
    languages: options.languages ?? new Map(),
    onActivities,
    onRead,
    onDesk({ id, operator }, { id: handoff, step }) {
      desk.changed({ kind: "handoff", id: handoff, operator, conversation: id });
      if (step.do === "request") quietly(initiated(handoff));
    },
    onTurn: (turn) => options.onTurn?.(turn),
  });

  const timers: NodeJS.Timeout[] = [];
  const pending = new Set<Promise<void>>();
  /** Repeats `work`, never twice at once; a store that is away is waited for. Returns the way to have it run now. */
  function every(ms: number, name: string, work: () => Promise<void>): () => void {
    let running = false;
    let again = false;
    const run = () => {
      again = running;
      if (running) return;
      running = true;
      const done = work()
        .catch((error: unknown) => {
          if (error instanceof StoreUnavailable) log.warn(name, { reason: error.reason });
          else log.error(name, { error: error instanceof Error ? error.name : "unknown" });
        })
        .finally(() => {
          running = false;
          pending.delete(done);
          if (again) run();
        });
      pending.add(done);
    };
    timers.push(setInterval(run, ms));
    run();
    return run;
  }

  return {
    async receive(arrival) {
      const received = await store.inbox.receive(arrival, clock.now(), claim);
      if (received.kind !== "recorded") return received;
      if (received.activity) tell({ id: received.conversation }, [received.activity]);
      if (received.job) lanes.start(received.job);
      return received;
    },
    async feedback(conversation, feedback) {
      const about = await store.transcript.find(conversation, feedback.activityId);
      if (about?.by !== "bot") return false;
      const kept = withoutNumbers(feedback, brain.contacts);
      return store.feedbacks.put(conversation, kept, clock.now());
    },
    async takeBack(whose, activityId) {
      const taken = await store.transcript.takeBack(whose, activityId, clock.now());
      if (taken) tell(taken.conversation, taken.replaced);
    },
    push: () => push(),
    onAppended(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    desk,
    handoffEvents: events,
    watches: (channel, isThere) => void watched.set(channel, isThere),
    gone: (conversation) => desk.changed({ kind: "gone", conversation }),
    typing: (conversation) => desk.changed({ kind: "typing", conversation }),
    onTyping(listener) {
      typists.add(listener);
      return () => typists.delete(listener);
    },
    start() {
      every(SWEEP_MS, "turn.sweep", async () => {
        for (const job of await store.inbox.claimDue(clock.now(), SWEEP_LIMIT, claim)) lanes.start(job);
      });
      if (senders.size > 0) push = every(SWEEP_MS, "outbox.sweep", () => deliveries.begin(push));
      every(COMPACT_MS, "compact.failed", () => store.compact());
      const steady = options.steady ?? steadyClock(clock, () => performance.now());
      every(RETENTION_CHECK_MS, "retention.failed", async () => {
        const now = steady.now();
        if (now === undefined) return log.warn("retention.clock-jumped");
        await purge(
          store.conversations,
          brain.operators,
          (operator) => brain.retention(operator),
          { now: () => now },
          log,
        );
      });
      every(WAITING_MS, "handoff.round-failed", handoffRounds);
      if (options.rounds) every(ROUND_MS, "requests.round-failed", options.rounds);
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(pending);
      desk.stop();
      await lanes.stop();
      push = () => {};
      await deliveries.stop();
    },
  };
}
