/** What comes over the stream, for every view that is there. `back`: the line is there again, and may have missed some. */
export type Hearing<Said> = (said: Said | { kind: "back" }) => void;

/** One stream of the page, many listeners. */
export class Heard<Said> {
  readonly #listeners = new Set<Hearing<Said>>();

  tell(said: Said | { kind: "back" }): void {
    // Whoever begins to listen meanwhile hears the next.
    const there = [...this.#listeners];
    for (const listener of there) listener(said);
  }

  /** Returns the way to end it. */
  listen(listener: Hearing<Said>): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
