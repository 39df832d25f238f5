import { execFileSync } from "node:child_process";
import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/** Builds the shim that remembers unsynced writes; undefined where there is no C compiler. */
export function powerShim(folder: string): string | undefined {
  const library = join(folder, "power.so");
  try {
    execFileSync(
      "cc",
      ["-shared", "-fPIC", "-O1", "-o", library, join(import.meta.dirname, "power.c"), "-ldl", "-lpthread"],
      { stdio: "ignore" },
    );
    return library;
  } catch {
    return undefined;
  }
}

interface Write {
  file: "d" | "w";
  offset: number;
  size: number;
  old: Buffer;
}

const HEAD = 32;

/**
 * What a power cut leaves: of the writes that were not synced, those for which `drop` is true are undone, last
 * first; the index in shared memory is gone. Returns how many writes were undone.
 */
export function cutPower(database: string, log: string, drop: () => boolean): number {
  const bytes = existsSync(log) ? readFileSync(log) : Buffer.alloc(0);
  let pending: Write[] = [];
  for (let at = 0; at + HEAD <= bytes.length; ) {
    const [tag, offset, size, length] = [0, 8, 16, 24].map((i) => Number(bytes.readBigInt64LE(at + i))) as [
      number,
      number,
      number,
      number,
    ];
    const file = tag >> 8 === 0x64 ? "d" : "w";
    if ((tag & 0xff) === 0x53) pending = pending.filter((write) => write.file !== file);
    else pending.push({ file, offset, size, old: bytes.subarray(at + HEAD, at + HEAD + length) });
    at += HEAD + length;
  }
  const undone = pending.filter(drop).reverse();
  for (const { file, offset, size, old } of undone) {
    const path = file === "d" ? database : `${database}-wal`;
    if (!existsSync(path)) continue;
    const fd = openSync(path, "r+");
    if (old.length > 0) writeSync(fd, old, 0, old.length, offset);
    ftruncateSync(fd, size);
    closeSync(fd);
  }
  rmSync(`${database}-shm`, { force: true });
  rmSync(log, { force: true });
  return undone.length;
}
