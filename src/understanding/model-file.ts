import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { deserialize, serialize } from "node:v8";

/** Keeps what takes long to make in the cache folder, by the hash of what it was made from: models, known words. */

export function hashOf(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex").slice(0, 24);
}

/** `kind`: what it knows, one word. */
export function keptPath(cache: string, kind: string, locale: string, hash: string): string {
  return join(cache, `${kind}-${locale}-${hash}.bin`);
}

/** What is kept at a path; undefined where there is nothing that can be read. */
export function readKept<T>(path: string): T | undefined {
  try {
    return deserialize(readFileSync(path)) as T;
  } catch {
    return undefined;
  }
}

/** Writes what is to be kept and removes older ones of the same kind and language. */
export function writeKept(path: string, value: object): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, serialize(value));
  renameSync(temporary, path);
  const family = basename(path).split("-").slice(0, 2).join("-");
  for (const name of readdirSync(folder)) {
    if (name.startsWith(`${family}-`) && name.endsWith(".bin") && name !== basename(path)) {
      rmSync(join(folder, name), { force: true });
    }
  }
}
