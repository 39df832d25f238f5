/** Failures in a row after which nobody is called for a while. */
const MOST_FAILURES = 8;
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [1_000, 30_000];

/**
 * Spares a platform that does not answer: after eight failures in a row there is a pause of a second, and one call at its
 * end; as long as that fails too the pause doubles, up to half a minute.
 */
export class Circuit {
  #failures = 0;
  #until = 0;
  #pauseMs = FIRST_PAUSE_MS;
  #trying = false;

  /** 0: call. Otherwise how long to wait, in milliseconds. */
  waitMs(now: number): number {
    if (this.#failures < MOST_FAILURES) return 0;
    if (now < this.#until) return Math.min(this.#until - now, this.#pauseMs);
    if (this.#trying) return FIRST_PAUSE_MS;
    this.#trying = true;
    return 0;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#trying = false;
  }

  /** True when this opens it. */
  failed(now: number): boolean {
    const first = this.#failures === MOST_FAILURES - 1;
    this.#failures += 1;
    this.#trying = false;
    if (this.#failures < MOST_FAILURES) return false;
    if (!first && now >= this.#until) this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
    this.#until = now + this.#pauseMs;
    return first;
  }
}
