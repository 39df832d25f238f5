import { readFileSync } from "node:fs";
import { type PackageSettings, readPackageSettings } from "../channels/teams/package/settings.ts";
import { type Config, readConfig, readNextKey } from "../config.ts";
import { developmentKeys } from "../keys.ts";

const readFile = (path: string) => readFileSync(path, "utf8");

/** The desk's settings, for a command that works on its data; every problem at once, and the end, when there are some. */
export function settings(): Config {
  const read = readConfig(process.env, readFile, developmentKeys);
  if (read.kind === "config") return read.config;
  process.stderr.write(read.problems.map((problem) => `- ${problem}\n`).join(""));
  process.exit(1);
}

/** DATA_KEY_NEXT or DATA_KEY_NEXT_FILE. */
export function nextDataKey(): Uint8Array {
  const read = readNextKey(process.env, readFile);
  if (read.kind === "key") return read.key;
  process.stderr.write(read.problems.map((problem) => `- ${problem}\n`).join(""));
  process.exit(1);
}

/** What an app package for Teams needs; it neither reads nor needs a key. */
export function packageSettings(): PackageSettings {
  const read = readPackageSettings(process.env);
  if (read.kind === "settings") return read.settings;
  process.stderr.write(read.problems.map((problem) => `- ${problem}\n`).join(""));
  process.exit(1);
}
