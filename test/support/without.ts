import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { productionEnv } from "./desk.ts";
import { type DeskProcess, ready, start } from "./process.ts";
import { tempFolder } from "./temp.ts";

const ROOT = join(import.meta.dirname, "../..");

/** One place of a file, and what stands there instead. */
export type Change = readonly [file: string, from: string, to: string];

/** The desk with the stand-in brain, run from a copy of the code in which these places are changed. */
export async function deskWith(changes: readonly Change[]): Promise<DeskProcess> {
  const copy = tempFolder();
  for (const folder of ["src", "dialogs", "locales", "test/support"])
    cpSync(join(ROOT, folder), join(copy, folder), { recursive: true });
  for (const file of ["package.json", "node_modules"]) symlinkSync(join(ROOT, file), join(copy, file));
  for (const [file, from, to] of changes) {
    const code = readFileSync(join(copy, file), "utf8");
    if (code.split(from).length !== 2) throw new Error(`${file} does not hold this once: ${from}`);
    writeFileSync(join(copy, file), code.replace(from, to));
  }
  const desk = start(join(relative(ROOT, copy), "test/support/serve.ts"), {
    ...(await productionEnv(tempFolder())),
    LOG_LEVEL: "warn",
  });
  await ready(desk);
  return desk;
}
