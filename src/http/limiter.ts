/** How much and how fast: `burst` at once, then `perSecond`. */
export interface Rate {
  burst: number;
  perSecond: number;
}

const MAX_KEYS = 100_000;

/**
 * A bucket for each key (GCRA). Keys that are full again are forgotten; when there are too many, the
 * oldest is, so that a flood of keys cannot fill the memory.
 */
export class Limiter {
  readonly #spacingMs: number;
  readonly #burstMs: number;
  /** For each key the time at which its bucket will be full again, in the order of last use. */
  readonly #fullAt = new Map<string, number>();

  constructor(rate: Rate) {
    this.#spacingMs = 1_000 / rate.perSecond;
    this.#burstMs = this.#spacingMs * rate.burst;
  }

  /** 0: go on. Otherwise the wait in milliseconds; a refused call costs nothing. `now`: any steady clock, in ms. */
  take(key: string, now: number): number {
    const fullAt = Math.max(this.#fullAt.get(key) ?? now, now) + this.#spacingMs;
    const waitMs = fullAt - now - this.#burstMs;
    if (waitMs > 1e-6) return waitMs;
    this.#fullAt.delete(key);
    this.#fullAt.set(key, fullAt);
    this.#forget(now);
    return 0;
  }

  #forget(now: number): void {
    let looked = 0;
    for (const [key, fullAt] of this.#fullAt) {
      if (fullAt > now && this.#fullAt.size <= MAX_KEYS) break;
      this.#fullAt.delete(key);
      looked += 1;
      if (looked >= 2) break;
    }
  }
}
