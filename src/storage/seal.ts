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
  column:
    | "customer"
    | "talk"
    | "activity"
    | "inbox"
    | "handle"
    | "read mark"
    | "feedback"
    | "request"
    | "event"
    | "note"
    | "paper"
    | "draft"
    | "handoff"
    | "handoff note"
    | "notice"
    | "reference"
    | "link"
    | "held"
    | "audit"
    | "account"
    | "account secret"
    | "prepared"
    | "permit"
    | "check"
    | "hash key"
    | "next key";
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

/** A data key as it seals. `head` begins each value that it has sealed: version and key id. */
interface SealingKey {
  key: KeyObject;
  head: Buffer;
}

/**
 * Seals JSON with AES-256-GCM, and hashes what must be found again.
 * A sealed value is version (1 byte), key id (4), nonce (12, random), tag (16), ciphertext.
 *
 * Values are sealed under one key and open under any key that was given: while the data key is changed
 * (`rotation.ts`), both stand in the files. What is hashed does not change with it: the hash key stands sealed in the
 * database (`migrate.ts`).
 */
export class Seal {
  #sealing: SealingKey;
  readonly #keys = new Map<string, SealingKey>();
  /** The hash key of databases that were begun before one stood in them. */
  readonly firstHashKey: Buffer;
  #hashKey: KeyObject;
  #random: Buffer = Buffer.alloc(0);
  #drawn = 0;

  /** `dataKey`: 32 random bytes. */
  constructor(dataKey: Uint8Array) {
    this.#sealing = this.#take(dataKey);
    this.firstHashKey = Buffer.from(hkdfSync("sha256", dataKey, "", "madoguchi hash", 32));
    this.#hashKey = createSecretKey(this.firstHashKey);
  }

  /** Eight hexadecimal digits that tell a data key apart from others, and tell nothing else. */
  static keyId(dataKey: Uint8Array): string {
    return new Seal(dataKey).keyId;
  }

  /** Id of the key that values are sealed under now. */
  get keyId(): string {
    return this.#sealing.head.toString("hex", 1);
  }

  /** What begins a value that is sealed under the key of that id. */
  static head(keyId: string): Uint8Array {
    return Buffer.concat([Buffer.of(VERSION), Buffer.from(keyId, "hex")]);
  }

  knows(keyId: string): boolean {
    return this.#keys.has(keyId);
  }

  /** Opens values under this key too from now on. */
  accept(dataKey: Uint8Array): void {
    this.#take(dataKey);
  }

  /** Seals under the key of that id from now on; it must be known. */
  sealUnder(keyId: string): void {
    const known = this.#keys.get(keyId);
    if (!known) throw new TypeError("no such data key");
    this.#sealing = known;
  }

  /** Hashes with this key (32 bytes) from now on. */
  hashWith(hashKey: Uint8Array): void {
    this.#hashKey = createSecretKey(Buffer.from(hashKey));
  }

  /** A key for another purpose that follows from the hash key, so that it outlives the data key. */
  keyFor(purpose: string): KeyObject {
    const key = hkdfSync("sha256", this.#hashKey, "", `madoguchi ${purpose}`, 32);
    return createSecretKey(Buffer.from(key));
  }

  seal(place: Place, value: unknown): Uint8Array {
    const { key, head } = this.#sealing;
    const nonce = this.#nonce();
    const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(aad(place));
    const body = cipher.update(JSON.stringify(value), "utf8");
    cipher.final();
    return Buffer.concat([head, nonce, cipher.getAuthTag(), body]);
  }

  /** @throws {SealBroken} */
  open(place: Place, sealed: Uint8Array): unknown {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    const from = HEAD_BYTES + NONCE_BYTES;
    const id = bytes.toString("hex", 1, HEAD_BYTES);
    let known = this.#keys.get(id);
    if (!known) {
      this.onUnknownKey();
      known = this.#keys.get(id);
    }
    if (!known || bytes[0] !== VERSION || bytes.length < from + TAG_BYTES) throw new SealBroken(place);
    try {
      const decipher = createDecipheriv("aes-256-gcm", known.key, bytes.subarray(HEAD_BYTES, from))
        .setAAD(aad(place))
        .setAuthTag(bytes.subarray(from, from + TAG_BYTES));
      const text =
        decipher.update(bytes.subarray(from + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
      return JSON.parse(text);
    } catch {
      throw new SealBroken(place);
    }
  }

  /** Called before a value under an unknown key is refused: whoever knows where keys are announced looks there. */
  onUnknownKey: () => void = () => {};

  #take(dataKey: Uint8Array): SealingKey {
    if (dataKey.byteLength !== 32) throw new TypeError("the data key must be 32 bytes");
    const key = Buffer.from(hkdfSync("sha256", dataKey, "", "madoguchi seal", 32));
    const id = createHash("sha256")
      .update(key)
      .digest("hex")
      .slice(0, 2 * KEY_ID_BYTES);
    const known = this.#keys.get(id) ?? { key: createSecretKey(key), head: Buffer.from(Seal.head(id)) };
    this.#keys.set(id, known);
    return known;
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
