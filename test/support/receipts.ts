import { newReceipt } from "../../src/requests/receipt.ts";
import { seeded } from "../../src/understanding/training.ts";

/** Bytes from a seed: the same ones each time. */
export function bytesOf(seed: number): (bytes: number) => Uint8Array {
  const random = seeded(seed);
  return (bytes) => Uint8Array.from({ length: bytes }, () => Math.floor(random() * 256));
}

/** A receipt number. */
export const RECEIPT = newReceipt(bytesOf(6));
