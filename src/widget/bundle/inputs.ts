import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What the browser's files are built from, from the project's folder. */
const SOURCES = [
  "src/widget/*.ts",
  "src/widget/bundle/*.ts",
  "src/widget/loader/**/*.ts",
  "src/widget/chat/**/*.{ts,tsx,css}",
  "src/agent-console/{shell,register/shown,inbox/shown}.ts",
  "src/agent-console/app/**/*.{ts,tsx,css}",
  "src/agent-console/tsconfig.json",
  "src/pages/*.css",
  "src/styles/*.css",
  "src/widget/tsconfig.json",
  "tsconfig.json",
  "package-lock.json",
];

/** A fingerprint of everything that the browser's files are built from. */
export function inputsOf(root: string): string {
  const hash = createHash("sha256");
  for (const path of globSync(SOURCES, { cwd: root }).sort())
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(join(root, path)))
      .update("\0");
  return hash.digest("hex");
}
