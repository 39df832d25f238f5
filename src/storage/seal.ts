import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";

/** Where a sealed value stands. It cannot be opened anywhere else: operator and row are bound in. */
export interface Place {
  column: "customer" | "talk" | "activity" | "inbox" | "feedback" | "request" | "draft" | "check";
  operator: string;
  /** Key of the row within its table. */
  row: string;
}

/** A value that was changed, moved to another row, or sealed with another key. Holds no content. */
export class SealBroken extends Error {
  constructor(place: Place) {
    super(`sealed ${place.column} does not open`);
  }
}

const VERSION = 1;
const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + KEY_ID_BYTES;

/**
 * Seals JSON with AES-256-GCM, and hashes what must be found again.
 * A sealed value is version (1 byte), key id (4), nonce (12, random), tag (16), ciphertext.
 */
export class Seal {
  readonly #key: KeyObject;
  readonly #hashKey: KeyObject;
  readonly #head: Buffer;
  #random: Buffer = Buffer.alloc(0);
  #drawn = 0;

  /** `dataKey`: 32 random bytes. */
  constructor(dataKey: Uint8Array) {
    if (dataKey.byteLength !== 32) throw new TypeError("the data key must be 32 bytes");
    const key = Buffer.from(hkdfSync("sha256", dataKey, "", "madoguchi seal", 32));
    this.#key = createSecretKey(key);
    this.#hashKey = createSecretKey(Buffer.from(hkdfSync("sha256", dataKey, "", "madoguchi hash", 32)));
    const keyId = createHash("sha256").update(key).digest().subarray(0, KEY_ID_BYTES);
    this.#head = Buffer.concat([Buffer.of(VERSION), keyId]);
  }

  seal(place: Place, value: unknown): Uint8Array {
    const nonce = this.#nonce();
    const cipher = createCipheriv("aes-256-gcm", this.#key, nonce).setAAD(aad(place));
    const body = cipher.update(JSON.stringify(value), "utf8");
    cipher.final();
    return Buffer.concat([this.#head, nonce, cipher.getAuthTag(), body]);
  }

  /** @throws {SealBroken} */
  open(place: Place, sealed: Uint8Array): unknown {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    const from = HEAD_BYTES + NONCE_BYTES;
    if (!bytes.subarray(0, HEAD_BYTES).equals(this.#head)) throw new SealBroken(place);
    try {
      const decipher = createDecipheriv("aes-256-gcm", this.#key, bytes.subarray(HEAD_BYTES, from))
        .setAAD(aad(place))
        .setAuthTag(bytes.subarray(from, from + TAG_BYTES));
      const text =
        decipher.update(bytes.subarray(from + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
      return JSON.parse(text);
    } catch {
      throw new SealBroken(place);
    }
  }

  /** Random bytes are drawn for many values at once: each draw has a price of its own. */
  #nonce(): Buffer {
    if (this.#drawn + NONCE_BYTES > this.#random.length) {
      this.#random = randomBytes(NONCE_BYTES * 256);
      this.#drawn = 0;
    }
    const nonce = this.#random.subarray(this.#drawn, this.#drawn + NONCE_BYTES);
    this.#drawn += NONCE_BYTES;
    return nonce;
  }

  /** A keyed hash (128 bits, base64url): equal for equal words, and says nothing without the key. */
  hash(...words: string[]): string {
    const hmac = createHmac("sha256", this.#hashKey);
    for (const word of words) hmac.update(`${word.length}:`).update(word);
    return hmac.digest().subarray(0, 16).toString("base64url");
  }
}

function aad(place: Place): Buffer {
  return Buffer.from(JSON.stringify([place.column, place.operator, place.row]), "utf8");
}
