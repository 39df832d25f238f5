import type { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import type { StoreUnavailable } from "../../turn/store.ts";
import type { Tables } from "../tables.ts";
import type { Session } from "../writer.ts";
import { nodeSqliteDialect } from "./dialect.ts";

/** SQLite's result codes (https://sqlite.org/rescode.html) that may pass by themselves. */
const FAULTS: ReadonlyMap<number, StoreUnavailable["reason"]> = new Map([
  [5, "locked"],
  [6, "locked"],
  [8, "failing"],
  [10, "failing"],
  [13, "full"],
  [14, "failing"],
]);

/** SQLITE_IOERR_WRITE, _FSYNC, _DIR_FSYNC, _TRUNCATE. (A full disk is told as SQLITE_FULL.) */
const REFUSED: readonly number[] = [778, 1034, 1290, 1546];

const codeOf = (error: unknown) =>
  error instanceof Error && "errcode" in error ? Number(error.errcode) : Number.NaN;

/** Transactions on one connection. `begin` never waits for a lock: waiting would stop everything else. */
export function sqliteSession(connection: DatabaseSync): Session {
  const prepared = (sql: string) => {
    const statement = connection.prepare(sql);
    return async () => void statement.run();
  };
  const back = prepared("rollback to one");
  const unmark = prepared("release one");
  return {
    db: new Kysely<Tables>({ dialect: nodeSqliteDialect(connection) }),
    begin: prepared("begin immediate"),
    commit: prepared("commit"),
    rollback: async () => {
      if (connection.isTransaction) connection.exec("rollback");
    },
    mark: prepared("savepoint one"),
    unmark,
    rollbackToMark: async () => {
      await back();
      await unmark();
    },
    faultOf: (error) => FAULTS.get(codeOf(error) & 0xff),
    breaks: (error) => REFUSED.includes(codeOf(error)),
  };
}
