import { createHmac, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { DevelopmentKeys } from "./config.ts";

const kept = z.object({ dataKey: z.string(), tokenKey: z.string() });

/** Ids that nobody can guess: 144 random bits each, in base64url. */
export const randomIds = { next: (): string => randomBytes(18).toString("base64url") };

/** The keys of a development desk: made once, kept beside its data (mode 0600). Production never comes here. */
export function developmentKeys(dataDir: string): DevelopmentKeys {
  const path = join(dataDir, "development-keys.json");
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const made = { dataKey: randomBytes(32).toString("base64"), tokenKey: randomBytes(32).toString("base64") };
  try {
    writeFileSync(path, `${JSON.stringify(made, null, 2)}\n`, { flag: "wx", mode: 0o600 });
    return made;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    return kept.parse(JSON.parse(readFileSync(path, "utf8")));
  }
}

/** The secret of an operator of a development desk: the same at every start. */
export function developmentSecret(tokenKey: Uint8Array, operator: string): string {
  return createHmac("sha256", tokenKey).update(`direct line secret ${operator}`).digest("base64url");
}
