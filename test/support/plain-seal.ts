import { type Place, Seal } from "../../src/storage/seal.ts";

/** Seals nothing: what should have left the files would be readable there. */
export class PlainSeal extends Seal {
  constructor() {
    super(new Uint8Array(32));
  }

  override seal(_: Place, value: unknown): Uint8Array {
    return Buffer.from(JSON.stringify(value));
  }

  override open(_: Place, sealed: Uint8Array): unknown {
    return JSON.parse(Buffer.from(sealed).toString("utf8"));
  }
}
