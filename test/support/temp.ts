import { accessSync, constants, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { LONG } from "./long.ts";

/** A real disk. */
export const DISK = tmpdir();
const MEMORY = "/dev/shm";
/** Far more than the tests of all processes hold at once; containers often have 64 MB there. */
const ROOMY_BYTES = 1_073_741_824;

/**
 * Where there is a roomy disk in memory, short runs have their files there: hundreds of databases are made and synced
 * for nobody to keep. The long campaigns, and what is about disks, take `DISK`.
 */
function place(): string {
  if (LONG) return DISK;
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ROOMY_BYTES ? MEMORY : DISK;
  } catch {
    return DISK;
  }
}
const PLACE = place();

/** A folder of this test's own, gone when it ends. */
export function tempFolder(place = PLACE): string {
  const folder = mkdtempSync(join(place, "madoguchi-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder for a whole file of tests. */
export function sharedFolder(place = PLACE): { path: string; remove(): void } {
  const path = mkdtempSync(join(place, "madoguchi-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
