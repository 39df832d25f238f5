import type { Clock } from "../../ports.ts";

/** For how long an answer is believed. */
const KNOWN_MS = 600_000;

/**
 * Who marks the account's messages as read. Where its chat is off, as we ask for, LINE does so as they come; where it is on,
 * they stay unread until somebody says otherwise.
 */
export class ReadMode {
  readonly #ask: () => Promise<boolean>;
  readonly #clock: Clock;
  #byHand: boolean | undefined;
  #until = 0;
  #asking: Promise<boolean | undefined> | undefined;

  /** `ask`: whether they are marked by hand. */
  constructor(ask: () => Promise<boolean>, clock: Clock) {
    this.#ask = ask;
    this.#clock = clock;
  }

  /** Known to be LINE's own doing: nothing need be kept for it. */
  get isOwn(): boolean {
    return this.#byHand === false && this.#clock.now() < this.#until;
  }

  /** Whether we must; undefined: LINE does not say now. */
  async isOurs(): Promise<boolean | undefined> {
    if (this.#clock.now() < this.#until) return this.#byHand;
    // Many chats may want to know at once.
    this.#asking ??= this.#learn().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #learn(): Promise<boolean | undefined> {
    this.#byHand = await this.#ask().catch(() => undefined);
    this.#until = this.#byHand === undefined ? 0 : this.#clock.now() + KNOWN_MS;
    return this.#byHand;
  }
}
