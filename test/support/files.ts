import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** All bytes of all files of a folder: database, log, free pages and whatever else is there. */
export function bytesIn(folder: string): Buffer {
  return Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
}
