import { readFileSync } from "node:fs";
import { type Account, LINE_API, LINE_DATA_API } from "../channels/line/rich-menu/account.ts";
import { type PackageSettings, readPackageSettings } from "../channels/teams/package/settings.ts";
import { type Config, readConfig, readNextKey, suffixOf } from "../config.ts";
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

/** An operator's account of LINE, for a command that speaks to LINE alone. @throws when a setting is missing or odd */
export function lineAccount(operator: string): Account {
  const token = `LINE_CHANNEL_ACCESS_TOKEN_${suffixOf(operator)}`;
  const base = (name: string, own: string): string => {
    const address = process.env[name] || own;
    // The access token is sent there.
    if (!/^https:\/\/[^/?#@]+\/?$|^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?\/?$/.test(address))
      throw new Error(`${name} must be an https address without a path (http on this machine alone)`);
    return address.replace(/\/$/, "");
  };
  const value = process.env[token];
  if (!value) throw new Error(`${token} is missing: it is the channel access token of ${operator}'s account`);
  return {
    operator,
    token: value,
    apiBase: base("LINE_API_BASE", LINE_API),
    dataBase: base("LINE_DATA_API_BASE", LINE_DATA_API),
  };
}
