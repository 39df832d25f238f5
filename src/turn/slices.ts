/** How long turns may hold the process before whoever waits for the network is heard. */
const SLICE_MS = 2;

/**
 * Runs what takes time, in the order in which it came, for a slice of time at once: fifty hard messages would
 * otherwise hold up everybody else for as long as all fifty take. What is quick runs at once.
 */
export class Slices {
  readonly #waiting: (() => void)[] = [];
  #heldMs = 0;
  #pausing = false;

  /** Resolves with what `work` returns. */
  run<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => {
        try {
          resolve(work());
        } catch (error) {
          reject(error);
        }
      });
      this.#go();
    });
  }

  #go(): void {
    while (this.#heldMs < SLICE_MS) {
      const work = this.#waiting.shift();
      if (!work) break;
      const began = performance.now();
      work();
      this.#heldMs += performance.now() - began;
    }
    if (this.#pausing) return;
    this.#pausing = true;
    setImmediate(() => {
      this.#heldMs = 0;
      this.#pausing = false;
      if (this.#waiting.length > 0) this.#go();
    });
  }
}
