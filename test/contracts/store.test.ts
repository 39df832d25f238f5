import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { beforeEach } from "vitest";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { createStores } from "../../src/storage/store.ts";
import { withTables } from "../support/tables.ts";
import { tempFolder } from "../support/temp.ts";
import { type Subject, storeContract } from "./store.contract.ts";

let sqlite: Subject;
beforeEach(() => {
  const path = join(tempFolder(), "desk.db");
  const key = randomBytes(32);
  sqlite = { open: async () => createStores(openSqlite(await withTables(path), { watchMs: 10 }), key) };
});

storeContract("sqlite", () => sqlite);
