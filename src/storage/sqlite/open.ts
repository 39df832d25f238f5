import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { Kysely } from "kysely";
import { StoreUnavailable } from "../../turn/store.ts";
import type { Database } from "../database.ts";
import { KEY_IN_USE, NEXT_KEY } from "../keyring.ts";
import type { Tables } from "../tables.ts";
import { GroupWriter } from "../writer.ts";
import { nodeSqliteDialect } from "./dialect.ts";
import { sqliteSession } from "./session.ts";

export interface SqliteOptions {
  /** Upper bound of the file in pages of 4 KiB; none by default. */
  maxPages?: number;
  /** How often to look whether another process has written. Milliseconds, 100. */
  watchMs?: number;
  /** The disk has refused a write: nothing is written any more until a new process opens the file. Called once. */
  onBroken?: () => void;
}

/** Readers take milliseconds. */
const COMPACT_WAIT_MS = 5_000;
const COMPACT_RETRY_MS = 20;

const PRAGMAS = `
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma secure_delete = on;
  pragma temp_store = memory;
  pragma busy_timeout = 0;
  pragma trusted_schema = off;
  pragma wal_autocheckpoint = 1000;
  pragma journal_size_limit = 16777216;
`;

/**
 * Opens the file (made with mode 0600 if it is not there): one connection writes, another one reads,
 * so that reading goes on while nothing can be written.
 */
export function openSqlite(path: string, options: SqliteOptions = {}): Database {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = !existsSync(path);
  refuseRemains(path, fresh);
  const connection = new DatabaseSync(path, { timeout: 5_000 });
  if (fresh) chmodSync(path, 0o600);
  unlessDamaged(() => connection.exec(PRAGMAS));
  if (options.maxPages) connection.exec(`pragma max_page_count = ${Math.trunc(options.maxPages)}`);
  const session = sqliteSession(connection);
  const writer = new GroupWriter(session, options.onBroken);
  // Not read-only in the file system's sense: a reader of a WAL must be able to touch its index.
  const reading = new DatabaseSync(path, { timeout: 0 });
  reading.exec("pragma query_only = on; pragma temp_store = memory; pragma trusted_schema = off");
  const reader = new Kysely<Tables>({ dialect: nodeSqliteDialect(reading) });
  const version = connection.prepare("pragma data_version");
  /** Prepared once the tables are there. */
  const one = (query: string) => {
    let statement: StatementSync | undefined;
    return () => {
      statement ??= reading.prepare(query);
      return Object.values(statement.get() ?? {})[0];
    };
  };
  const keyInUse = one(`select value from meta where name = '${KEY_IN_USE}'`);
  const nextKey = one(`select body from sealed_check where id = ${NEXT_KEY.id}`);
  const checkpoint = connection.prepare("pragma wal_checkpoint(truncate)");
  // What a process has left in the log whose last sync failed may stand in memory alone: it is written anew, and synced,
  // before anything is built on it. Where somebody else works on the file, it is they who know it to be whole.
  unlessDamaged(() => {
    try {
      checkpoint.get();
    } catch (error) {
      if (session.faultOf(error) !== "locked") throw error;
    }
  });
  return {
    writer,
    reader,
    onForeignChange(listener) {
      // data_version changes only when a connection other than this one has committed.
      let last = version.get()?.data_version;
      const timer = setInterval(() => {
        const now = version.get()?.data_version;
        if (now === last) return;
        last = now;
        listener();
      }, options.watchMs ?? 100);
      timer.unref();
      return () => clearInterval(timer);
    },
    keyInUse: () => keyInUse() as string | undefined,
    nextKey: () => nextKey() as Uint8Array | undefined,
    copyTo(target) {
      // An empty file of its own mode is taken; one with something in it is refused.
      writeFileSync(target, "", { flag: "wx", mode: 0o600 });
      const copying = new DatabaseSync(path, { timeout: 5_000 });
      try {
        copying.exec("pragma trusted_schema = off");
        copying.prepare("vacuum into ?").run(target);
      } finally {
        copying.close();
      }
    },
    damage() {
      const [first] = reading.prepare("pragma integrity_check(1)").all();
      const found = String(Object.values(first ?? {})[0]);
      return found === "ok" ? undefined : found;
    },
    async compact() {
      const until = performance.now() + COMPACT_WAIT_MS;
      let done = false;
      while (!done) {
        if (writer.broken) throw new StoreUnavailable("failing");
        // Whoever reads the log, in this process or another one, keeps it from being cut: that is not an error to SQLite.
        await writer.between(() => {
          try {
            done = checkpoint.get()?.busy === 0;
          } catch (error) {
            writer.judge(error);
            const reason = session.faultOf(error);
            if (reason !== "locked") throw reason ? new StoreUnavailable(reason) : error;
          }
        });
        if (done) return;
        if (performance.now() > until) throw new StoreUnavailable("locked");
        await new Promise((resolve) => setTimeout(resolve, COMPACT_RETRY_MS));
      }
    },
    async close() {
      await writer.idle();
      await reader.destroy();
      // The last one who closes syncs once more: after a sync that failed that proves nothing.
      if (writer.broken) return;
      await session.db.destroy();
      if (reading.isOpen) reading.close();
      if (connection.isOpen) connection.close();
    },
  };
}

const EMPTY_WAIT_MS = 1_000;
const DAMAGED =
  "the database file is damaged: restore a backup (npm run backup -- restore) into another DATA_DIR";

/** Where a database was, none is begun anew: an empty file, or a log without its file, is what is left of one. */
function refuseRemains(path: string, fresh: boolean): void {
  if (fresh && existsSync(`${path}-wal`))
    throw new Error(`the database file is gone, its log is not. ${DAMAGED}`);
  if (fresh) return;
  // Another process may be making it this very moment.
  const until = performance.now() + EMPTY_WAIT_MS;
  while (statSync(path).size === 0 && performance.now() < until)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  if (statSync(path).size === 0)
    throw new Error(`the database file is empty (if it never held anything, remove it). ${DAMAGED}`);
}

/** SQLITE_CORRUPT and SQLITE_NOTADB. */
const DAMAGE: readonly unknown[] = [11, 26];

function unlessDamaged(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof Error && "errcode" in error && DAMAGE.includes(Number(error.errcode) & 0xff))
      throw new Error(DAMAGED);
    throw error;
  }
}
