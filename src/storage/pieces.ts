import { setImmediate } from "node:timers/promises";

/** Rows of a long reading that are read at once: a few milliseconds. */
const PIECE = 500;

/**
 * A long reading, piece by piece: whoever waits for the network is heard in between. `read` gives at most `limit` rows
 * that come after the one it is told, in an order that does not change. Each piece sees what is committed by then.
 */
export async function inPieces<T>(
  read: (after: T | undefined, limit: number) => Promise<readonly T[]>,
): Promise<T[]> {
  const all: T[] = [];
  for (;;) {
    const piece = await read(all.at(-1), PIECE);
    all.push(...piece);
    if (piece.length < PIECE) return all;
    await setImmediate();
  }
}
