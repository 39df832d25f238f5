import type { DatabaseSync, StatementSync } from "node:sqlite";
import { type SqliteDatabase, SqliteDialect, type SqliteStatement } from "kysely";

type Params = Parameters<StatementSync["all"]>;

/** Kysely's own SQLite dialect over `node:sqlite`. Statements are prepared once and kept. */
export function nodeSqliteDialect(db: DatabaseSync): SqliteDialect {
  return new SqliteDialect({ database: adapt(db) });
}

const MAX_STATEMENTS = 200;

function adapt(db: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => db.close(),
    prepare(sql) {
      const known = prepared.get(sql);
      if (known) return known;
      if (prepared.size >= MAX_STATEMENTS) prepared.clear();
      const statement = wrap(db.prepare(sql));
      prepared.set(sql, statement);
      return statement;
    },
  };
}

function wrap(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...(parameters as Params)),
    run: (parameters) => statement.run(...(parameters as Params)),
    iterate: (parameters) => statement.iterate(...(parameters as Params)),
  };
}
