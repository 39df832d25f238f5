import type { Clock, Log } from "../ports.ts";
import type { Delivery, Outbox } from "./store.ts";

/** `sent`: the platform has it. `retry`: it may take it later. `refused`: it never will. */
type Sent = "sent" | "retry" | "refused";

/** How a channel that pushes sends one message; called with the same `retryKey` on every try. */
export type Sender = (delivery: Delivery) => Promise<Sent>;

const LEASE_MS = 60_000;
const MAX_TRIES = 10;
const BATCH = 50;

/** Sends what is due, once around. Returns how many were tried. */
export async function deliver(
  outbox: Outbox,
  senders: ReadonlyMap<string, Sender>,
  clock: Clock,
  log: Log,
): Promise<number> {
  const due = await outbox.claimDue(clock.now(), BATCH, LEASE_MS);
  await Promise.all(
    due.map(async (delivery) => {
      const { channel } = delivery.conversation;
      const sent = await send(senders.get(channel), delivery);
      if (sent === "sent") return outbox.sent(delivery);
      const dead = sent === "refused" || delivery.tries >= MAX_TRIES;
      log.warn("outbox.not-sent", { channel, tries: delivery.tries, dead });
      return outbox.failed(delivery, dead ? null : clock.now() + backoffMs(delivery.tries));
    }),
  );
  return due.length;
}

async function send(sender: Sender | undefined, delivery: Delivery): Promise<Sent> {
  if (!sender) return "retry";
  try {
    return await sender(delivery);
  } catch {
    return "retry";
  }
}

/** 1, 2, 4, ... seconds, at most five minutes. */
function backoffMs(tries: number): number {
  return Math.min(1_000 * 2 ** (tries - 1), 300_000);
}
