import type { ServerResponse } from "node:http";

/** Characters that are sent at a time. */
const BLOCK = 16_384;
/** A peer that takes nothing for so long is given up. */
const STALLED_MS = 30_000;

/** A body that is made while it is sent. */
export type Pieces = AsyncIterable<string>;

export const isPieces = (body: unknown): body is Pieces =>
  typeof body === "object" && body !== null && Symbol.asyncIterator in body;

/**
 * Sends pieces as they are made, no faster than the peer takes them, and lets others run in between. When making them
 * fails, the connection is cut: the peer sees that the body is not whole.
 */
export async function sendPieces(response: ServerResponse, pieces: Pieces): Promise<void> {
  let block = "";
  try {
    for await (const piece of pieces) {
      block += piece;
      if (block.length < BLOCK) continue;
      const sent = response.write(block);
      block = "";
      if (sent) await new Promise((resolve) => setImmediate(resolve));
      else await drained(response);
      if (response.destroyed) return;
    }
    response.end(block);
  } catch (error) {
    response.destroy();
    throw error;
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      response.off("drain", end).off("close", end);
      resolve();
    };
    const timer = setTimeout(() => response.destroy(), STALLED_MS).unref();
    response.on("drain", end).on("close", end);
  });
}
