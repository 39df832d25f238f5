import type { Platform } from "./platform.ts";

/** A reply that is not there by then may take a while. */
const SOON_MS = 1_000;
/** It goes away with the reply. */
const SHOWN_SECONDS = 20;
/** While a person goes on writing it is shown anew before it ends. */
const WRITING_SECONDS = 10;
const WRITING_MS = 8_000;

/** Shows whoever waits for longer than a second that a reply is on its way. */
export class Waiting {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #writing = new Map<string, NodeJS.Timeout>();

  /** Something was said in the chat; whether the platform shows it or not, nothing hangs on it. */
  begin(conversation: string, platform: Platform, customer: string): void {
    this.end(conversation);
    const timer = setTimeout(() => {
      this.#timers.delete(conversation);
      platform.loading(customer, SHOWN_SECONDS).catch(() => {});
    }, SOON_MS);
    this.#timers.set(conversation, timer.unref());
  }

  /** A person is writing: shown at once. */
  writes(conversation: string, platform: Platform, customer: string): void {
    if (this.#writing.has(conversation)) return;
    platform.loading(customer, WRITING_SECONDS).catch(() => {});
    const timer = setTimeout(() => this.#writing.delete(conversation), WRITING_MS);
    this.#writing.set(conversation, timer.unref());
  }

  /** It is being answered. */
  end(conversation: string): void {
    for (const timers of [this.#timers, this.#writing]) {
      clearTimeout(timers.get(conversation));
      timers.delete(conversation);
    }
  }

  stop(): void {
    for (const timers of [this.#timers, this.#writing]) {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    }
  }
}
