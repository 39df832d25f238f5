import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { deserialize, serialize } from "node:v8";
import type { Model } from "./classifier.ts";

/** Keeps trained models in the cache folder, by the hash of what they were trained from. */

export function hashOf(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex").slice(0, 24);
}

/** `kind`: what it knows, one word. */
export function modelPath(cache: string, kind: string, locale: string, hash: string): string {
  return join(cache, `${kind}-${locale}-${hash}.bin`);
}

/** The model at a path; undefined where there is none that can be read. */
export function readModel(path: string): Model | undefined {
  try {
    return deserialize(readFileSync(path)) as Model;
  } catch {
    return undefined;
  }
}

/** Writes a model and removes older ones of the same kind and language. */
export function writeModel(path: string, model: Model): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, serialize(model));
  renameSync(temporary, path);
  const family = basename(path).split("-").slice(0, 2).join("-");
  for (const name of readdirSync(folder)) {
    if (name.startsWith(`${family}-`) && name.endsWith(".bin") && name !== basename(path)) {
      rmSync(join(folder, name), { force: true });
    }
  }
}
