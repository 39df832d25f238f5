import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { Seal } from "./seal.ts";

/** What cannot be opened: another key's, changed, cut off, or no such file at all. Holds no content. */
export class FileBroken extends Error {}

const MAGIC = Buffer.from("madoguchi file 1");
const KEY_ID_BYTES = 4;
const SALT_BYTES = 32;
const HEADER_BYTES = MAGIC.length + KEY_ID_BYTES + SALT_BYTES;
const CHUNK = 1_048_576;
const FRAME_BYTES = 5;
const TAG_BYTES = 16;
const [MORE, LAST] = [0, 1];

/**
 * Writes what is read from `source` (a file descriptor) to a new file, sealed, and syncs it. A file is: "madoguchi file
 * 1", the data key's id (4 bytes), salt (32, random), then pieces of up to 1 MiB: last or not (1), length (4), tag (16),
 * AES-256-GCM ciphertext. The key follows from data key and salt, so that pieces can be counted for their nonce; header,
 * number, length and the mark of the last piece are bound in: no piece can be changed, moved, repeated or left out.
 */
export function sealFile(source: number, target: string, dataKey: Uint8Array): void {
  const salt = randomBytes(SALT_BYTES);
  const header = Buffer.concat([MAGIC, Buffer.from(Seal.keyId(dataKey), "hex"), salt]);
  const key = keyOf(dataKey, salt);
  const file = openSync(target, "wx", 0o600);
  try {
    writeSync(file, header);
    const buffer = Buffer.alloc(CHUNK);
    for (let n = 0, last = false; !last; n += 1) {
      const size = fill(source, buffer);
      last = size < CHUNK;
      const frame = frameOf(last, size);
      const cipher = createCipheriv("aes-256-gcm", key, nonceOf(n)).setAAD(Buffer.concat([header, frame]));
      const body = cipher.update(buffer.subarray(0, size));
      cipher.final();
      writeAll(file, Buffer.concat([frame, cipher.getAuthTag(), body]));
    }
    fsyncSync(file);
    closeSync(file);
  } catch (error) {
    closeSync(file);
    rmSync(target);
    throw error;
  }
}

/** The way back, into a new file. @throws {FileBroken} the target is gone again then */
export function openFile(source: string, target: string, dataKey: Uint8Array): void {
  const from = openSync(source, "r");
  const to = openSync(target, "wx", 0o600);
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    if (fill(from, header) < HEADER_BYTES || !header.subarray(0, MAGIC.length).equals(MAGIC))
      throw new FileBroken("this is no backup of a desk, or its beginning is lost");
    const keyId = header.toString("hex", MAGIC.length, MAGIC.length + KEY_ID_BYTES);
    if (keyId !== Seal.keyId(dataKey))
      throw new FileBroken(`DATA_KEY is not the key of this backup: it was made under the key ${keyId}`);
    const key = keyOf(dataKey, header.subarray(MAGIC.length + KEY_ID_BYTES));
    const head = Buffer.alloc(FRAME_BYTES + TAG_BYTES);
    const buffer = Buffer.alloc(CHUNK);
    for (let n = 0, last = false; !last; n += 1) {
      if (fill(from, head) < head.length) throw new FileBroken(`the backup ends early, after ${n} pieces`);
      const frame = head.subarray(0, FRAME_BYTES);
      const size = frame.readUInt32BE(1);
      const broken = new FileBroken(`the backup was changed or is damaged, in piece ${n + 1}`);
      if (size > CHUNK) throw broken;
      const body = buffer.subarray(0, size);
      if (fill(from, body) < size) throw new FileBroken(`the backup ends early, within piece ${n + 1}`);
      try {
        const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(n))
          .setAAD(Buffer.concat([header, frame]))
          .setAuthTag(head.subarray(FRAME_BYTES));
        const plain = decipher.update(body);
        decipher.final();
        writeAll(to, plain);
      } catch {
        throw broken;
      }
      last = frame[0] === LAST;
    }
    if (fill(from, Buffer.alloc(1)) > 0) throw new FileBroken("the backup goes on after its end");
    fsyncSync(to);
    closeSync(to);
  } catch (error) {
    closeSync(to);
    rmSync(target);
    throw error;
  } finally {
    closeSync(from);
  }
}

const keyOf = (dataKey: Uint8Array, salt: Uint8Array) =>
  Buffer.from(hkdfSync("sha256", dataKey, salt, "madoguchi backup", 32));

function nonceOf(n: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(n, 8);
  return nonce;
}

function frameOf(last: boolean, size: number): Buffer {
  const frame = Buffer.of(last ? LAST : MORE, 0, 0, 0, 0);
  frame.writeUInt32BE(size, 1);
  return frame;
}

/** Reads until the buffer is full or the file ends. */
function fill(file: number, buffer: Buffer): number {
  let size = 0;
  while (size < buffer.length) {
    const read = readSync(file, buffer, size, buffer.length - size, null);
    if (read === 0) break;
    size += read;
  }
  return size;
}

function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}
