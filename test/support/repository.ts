import { existsSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** The project's folder. */
export const ROOT = join(import.meta.dirname, "../..");

/** Files below a folder of the project whose names end so, as paths from the project's folder; none where it is missing. */
export function filesBelow(folder: string, ending: string): string[] {
  const path = join(ROOT, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && e.name.endsWith(ending))
    .map((e) => relative(ROOT, join(e.parentPath, e.name)).split(sep).join("/"))
    .sort();
}
