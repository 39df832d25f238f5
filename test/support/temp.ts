import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder of this test's own, gone when it ends. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder for a whole file of tests. */
export function sharedFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "madoguchi-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
