/** How long turns may hold the process before whoever waits for the network is heard. */
const SLICE_MS = 4;

/**
 * Runs what takes time a slice at a time, in the order in which it came: fifty hard messages at once would otherwise
 * hold up everybody else for as long as all fifty take.
 */
export class Slices {
  readonly #waiting: (() => void)[] = [];
  #running = false;

  /** Resolves with what `work` returns, soon. */
  run<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => {
        try {
          resolve(work());
        } catch (error) {
          reject(error);
        }
      });
      if (this.#running) return;
      this.#running = true;
      setImmediate(() => this.#slice());
    });
  }

  #slice(): void {
    const end = performance.now() + SLICE_MS;
    do this.#waiting.shift()?.();
    while (this.#waiting.length > 0 && performance.now() < end);
    this.#running = this.#waiting.length > 0;
    if (this.#running) setImmediate(() => this.#slice());
  }
}
