import { readFileSync } from "node:fs";
import { join } from "node:path";
import { productionEnv } from "./desk.ts";
import { type DeskProcess, ready, start } from "./process.ts";
import { ROOT } from "./repository.ts";
import { tempFolder } from "./temp.ts";

/** One place of a file, and what stands there instead. */
export type Change = readonly [file: string, from: string, to: string];

/**
 * The desk with the stand-in brain, in whose code these places are changed, one after the other.
 * @throws when a place is not there once
 */
export async function deskWith(changes: readonly Change[]): Promise<DeskProcess> {
  const changed = new Map<string, string>();
  for (const [file, from, to] of changes) {
    const code = changed.get(file) ?? readFileSync(join(ROOT, file), "utf8");
    if (code.split(from).length !== 2) throw new Error(`${file} does not hold this once: ${from}`);
    changed.set(
      file,
      code.replace(from, () => to),
    );
  }
  const env = { ...(await productionEnv(tempFolder())), LOG_LEVEL: "warn", CHANGES: JSON.stringify(changes) };
  const before = ["--import", join(ROOT, "test/support/changed.ts")];
  const desk = start("test/support/serve.ts", env, before);
  await ready(desk);
  return desk;
}
