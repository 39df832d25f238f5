import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { migrateTables } from "../../src/storage/migrate.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { sharedFolder } from "./temp.ts";

let empty: Promise<Buffer> | undefined;

/**
 * Puts a file with today's tables and nothing in them there, unless there is one: what a first start makes of nothing
 * is made once in a process, and not by each of hundreds of tests. Gives the path.
 */
export async function withTables(path: string): Promise<string> {
  empty ??= make();
  const bytes = await empty;
  if (existsSync(path)) return path;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, bytes, { mode: 0o600 });
  return path;
}

async function make(): Promise<Buffer> {
  const folder = sharedFolder();
  try {
    const path = join(folder.path, "empty.db");
    const database = openSqlite(path);
    await database.writer.write(migrateTables);
    await database.close();
    return readFileSync(path);
  } finally {
    folder.remove();
  }
}
