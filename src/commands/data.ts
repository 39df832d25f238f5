import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../config.ts";
import { createLog } from "../http/log.ts";
import { DATABASE_FILE } from "../storage/backup.ts";
import { type Opened, openDatabase } from "../storage/opened.ts";
import { Seal } from "../storage/seal.ts";
import { openSqlite } from "../storage/sqlite/open.ts";
import { folderWitness, type Outside } from "../storage/witness.ts";
import { mask } from "../understanding/personal/mask.ts";

/** What a command tells outside the database. Its log goes to stderr: stdout is what was asked for. */
export const outsideOf = ({ witnessDir, logLevel, mail }: Config): Outside => ({
  witness: folderWitness(witnessDir),
  log: createLog(logLevel, (line) => process.stderr.write(line)),
  // What a desk is told of (arrivals and days that pass) is never caused by a command.
  audience: { customers: mail !== undefined, desks: new Set() },
});

/** The data of a desk, which may be running; a command that works on data never begins a database. */
export async function openData(config: Config, dataKey = config.dataKey): Promise<Opened & Outside> {
  const path = join(config.dataDir, DATABASE_FILE);
  if (!existsSync(path)) throw new Error(`there is no database at ${path}`);
  return openDesk(config, dataKey);
}

/** The same for a desk that may not have been started yet: accounts come before the first customer. */
export async function openDesk(config: Config, dataKey = config.dataKey): Promise<Opened & Outside> {
  const outside = outsideOf(config);
  const database = openSqlite(join(config.dataDir, DATABASE_FILE));
  return { ...outside, ...(await openDatabase(database, new Seal(dataKey), outside)) };
}

/** Who works with people's data, and why: nothing is shown or changed without. */
export const STAFF = {
  actor: { type: "string" },
  as: { type: "string", default: "officer" },
  reason: { type: "string" },
} as const;

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._@ -]{0,63}$/u;
/** An auditor sees how work is done, never whose data it is about: for them there is `npm run audit`. */
const ROLES: readonly string[] = ["officer"];
const MAX_REASON = 500;

export interface Told {
  at: number;
  actor: string;
  role: string;
  reason: string;
}

/** For the audit; personal numbers in the reason are blacked out. */
export function toldBy(
  { actor = "", as: role = "", reason = "" }: { actor?: string; as?: string; reason?: string },
  at: number,
): Told {
  if (!NAME.test(actor)) throw new Error("--actor: say who you are, up to 64 letters");
  if (!ROLES.includes(role)) throw new Error(`--as: one of ${ROLES.join(", ")}`);
  if (reason.trim() === "" || reason.length > MAX_REASON)
    throw new Error(`--reason: say why, in up to ${MAX_REASON} letters`);
  return { at, actor, role, reason: mask(reason).text };
}

/** Runs a command; what is wrong goes to stderr as one line, and ends it with 1. */
export async function run(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
