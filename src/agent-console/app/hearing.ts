/** What comes over the stream, for every view that is there. `back`: the line is there again, and may have missed some. */
export type Hearing<Said> = (said: Said | { kind: "back" }) => void;

/** One stream of the page, many listeners. */
export class Heard<Said> {
  readonly #listeners = new Set<Hearing<Said>>();

  tell(said: Said | { kind: "back" }): void {
    for (const listener of [...this.#listeners]) listener(said);
  }

  /** Returns the way to end it. */
  listen(listener: Hearing<Said>): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
