import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./repository.ts";

const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  scripts: { start: string };
};

/** Node's options with which `npm start` starts the desk. */
export const START_OPTIONS: readonly string[] = scripts.start
  .split(" ")
  .filter((part) => part.startsWith("--"));
