import type { Element } from "./cards/element.ts";

/**
 * Largest activity that we send, in bytes. Teams refuses what is over 28 KB at its strictest (413); it counts UTF-16,
 * others UTF-8, so that the larger of the two counts here.
 */
export const MAX_BYTES = 25_000;

/** Bytes of a value as JSON, in UTF-8 or in UTF-16, whichever is more. */
export function bytesOf(value: unknown): number {
  const json = JSON.stringify(value);
  return Math.max(Buffer.byteLength(json), 2 * json.length);
}

/** Puts blocks together up to that many bytes, in their order; one that is larger alone stands alone. */
export function packed(blocks: readonly Element[][], most: number): Element[][] {
  const out: Element[][] = [[]];
  let size = 0;
  for (const block of blocks.flatMap((one) => cut(one, most))) {
    const bytes = bytesOf(block);
    if (size > 0 && size + bytes > most) {
      out.push([]);
      size = 0;
    }
    out.at(-1)?.push(...block);
    size += bytes;
  }
  return out;
}

/** A block that is too large as its elements. */
const cut = (block: Element[], most: number): Element[][] =>
  bytesOf(block) <= most ? [block] : block.map((element) => [element]);
