import { join } from "node:path";
import { noLog } from "../../src/ports.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { storesOn } from "../../src/storage/store.ts";
import { folderWitness } from "../../src/storage/witness.ts";
import { purge } from "../../src/turn/retention.ts";
import { PlainSeal } from "./plain-seal.ts";

/** The daily purge as a process of its own, on FOLDER at NOW, with nothing sealed: for a test that kills it. */
const { FOLDER = "", FILE = "desk.db", NOW = "0" } = process.env;
const outside = { witness: folderWitness(FOLDER), log: noLog };
const store = await storesOn(openSqlite(join(FOLDER, FILE)), new PlainSeal(), outside);
process.stdout.write("begun\n");
await purge(
  store.conversations,
  ["jcom"],
  () => ({ chatDays: 90, requestYears: 3 }),
  { now: () => Number(NOW) },
  noLog,
);
await store.close();
process.stdout.write("ended\n");
