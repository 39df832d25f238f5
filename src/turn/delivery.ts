import type { Clock, Log } from "../ports.ts";
import type { Delivery, Outbox } from "./store.ts";

/**
 * What became of a delivery. `sent`: the platform has it, and the first so many of `along`. `retry`: it may take it
 * later, after a wait that grows or after `retryMs`. `refused`: it never will.
 */
export type Sent = "sent" | "retry" | "refused" | { also: number } | { retryMs: number };

/** How a channel that pushes sends what is due; called with the same `retryKey` on every try. It answers within 20 s. */
export type Sender = (delivery: Delivery) => Promise<Sent>;

/** A sender that has not answered by then may be asked again, by this process or another. */
const LEASE_MS = 20_000;
/** A message is given up when nobody took it for a day. */
const GIVE_UP_MS = 86_400_000;
const MAX_BACKOFF_MS = 60_000;
const BATCH = 50;
/** Conversations that are sent to at once. */
const AT_ONCE = 200;

/** Sends what waits in the outbox: many conversations at once, so that a slow platform holds nobody else up. */
export class Deliveries {
  readonly #outbox: Outbox;
  readonly #senders: ReadonlyMap<string, Sender>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #running = new Set<Promise<void>>();
  #stopping = false;

  constructor(outbox: Outbox, senders: ReadonlyMap<string, Sender>, clock: Clock, log: Log) {
    this.#outbox = outbox;
    this.#senders = senders;
    this.#clock = clock;
    this.#log = log;
  }

  /** Begins to send what is due, as much as may run at once. `again` is called when one has ended. */
  async begin(again: () => void): Promise<void> {
    while (!this.#stopping && this.#running.size < AT_ONCE) {
      const room = Math.min(BATCH, AT_ONCE - this.#running.size);
      const due = await this.#outbox.claimDue(this.#clock.now(), room, LEASE_MS);
      for (const delivery of due) {
        const running: Promise<void> = this.#deliver(delivery)
          .catch((error: unknown) => {
            this.#log.warn("outbox.unsure", { error: error instanceof Error ? error.name : "unknown" });
          })
          .finally(() => {
            this.#running.delete(running);
            if (!this.#stopping) again();
          });
        this.#running.add(running);
      }
      if (due.length < room) return;
    }
  }

  /** Ends when what is being sent has been answered. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#running);
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { channel } = delivery.conversation;
    const sent = await this.#send(delivery);
    if (sent === "sent") return this.#outbox.sent(delivery);
    if (typeof sent === "object" && "also" in sent) return this.#outbox.sent(delivery, sent.also);
    const now = this.#clock.now();
    const dead = sent === "refused" || now - delivery.activity.at >= GIVE_UP_MS;
    this.#log.warn("outbox.not-sent", { channel, tries: delivery.tries, dead });
    const waitMs = typeof sent === "object" ? sent.retryMs : backoffMs(delivery.tries);
    return this.#outbox.failed(delivery, dead ? null : now + waitMs);
  }

  async #send(delivery: Delivery): Promise<Sent> {
    const sender = this.#senders.get(delivery.conversation.channel);
    if (!sender) return "retry";
    try {
      return await sender(delivery);
    } catch {
      return "retry";
    }
  }
}

/** 1, 2, 4, ... seconds, at most a minute. */
function backoffMs(tries: number): number {
  return Math.min(1_000 * 2 ** (tries - 1), MAX_BACKOFF_MS);
}
