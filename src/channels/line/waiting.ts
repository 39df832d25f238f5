import type { Platform } from "./platform.ts";

/** A reply that is not there by then may take a while. */
const SOON_MS = 1_000;
/** It goes away with the reply. */
const SHOWN_SECONDS = 20;

/** Shows whoever waits for longer than a second that a reply is on its way. */
export class Waiting {
  readonly #timers = new Map<string, NodeJS.Timeout>();

  /** Something was said in the chat; whether the platform shows it or not, nothing hangs on it. */
  begin(conversation: string, platform: Platform, customer: string): void {
    this.end(conversation);
    const timer = setTimeout(() => {
      this.#timers.delete(conversation);
      platform.loading(customer, SHOWN_SECONDS).catch(() => {});
    }, SOON_MS);
    this.#timers.set(conversation, timer.unref());
  }

  /** It is being answered. */
  end(conversation: string): void {
    clearTimeout(this.#timers.get(conversation));
    this.#timers.delete(conversation);
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
