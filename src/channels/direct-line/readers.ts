import type { Clock } from "../../ports.ts";

/** A client that polls asks every second or so; one that has not asked for this long is away. */
const AWAY_MS = 60_000;

/** Chats that were read without a stream a moment ago: their customers are there, too. */
export class Readers {
  readonly #clock: Clock;
  /** By chat, the longest ago first. */
  readonly #last = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  read(conversation: string): void {
    const now = this.#clock.now();
    this.#last.delete(conversation);
    this.#last.set(conversation, now);
    for (const [id, at] of this.#last) {
      if (now - at < AWAY_MS) return;
      this.#last.delete(id);
    }
  }

  has(conversation: string): boolean {
    return this.#clock.now() - (this.#last.get(conversation) ?? -Infinity) < AWAY_MS;
  }
}
