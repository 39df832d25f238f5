export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A wait that can be cut short. */
export class Waker {
  #wake: () => void = () => {};

  async wait(ms: number): Promise<void> {
    await Promise.race([pause(ms), new Promise<void>((resolve) => (this.#wake = resolve))]);
  }

  wake(): void {
    this.#wake();
  }
}
