/** After so many quick pieces of work a slow one has its turn: however much comes, everything is done. */
const MAX_AHEAD = 4;

/** What waits for one worker: what is quick goes before what is slow, each kind in the order in which it came. */
export class Precedence<T> {
  readonly #quick: T[] = [];
  readonly #slow: T[] = [];
  /** Quick ones since the last slow one. */
  #ahead = 0;

  put(work: T, isSlow: boolean): void {
    (isSlow ? this.#slow : this.#quick).push(work);
  }

  /** Takes out what is next. */
  next(): T | undefined {
    const quick = this.#quick.length > 0 && (this.#slow.length === 0 || this.#ahead < MAX_AHEAD);
    this.#ahead = quick ? this.#ahead + 1 : 0;
    return (quick ? this.#quick : this.#slow).shift();
  }
}
