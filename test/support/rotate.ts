import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { noLog } from "../../src/ports.ts";
import { DATABASE_FILE } from "../../src/storage/backup.ts";
import { openDatabase } from "../../src/storage/opened.ts";
import { rotate } from "../../src/storage/rotation.ts";
import { Seal } from "../../src/storage/seal.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { folderWitness } from "../../src/storage/witness.ts";

/** A change of the data key (OLD to NEW, base64) as a process of its own, on FOLDER: for a test that kills it. */
const { FOLDER = "", OLD = "", NEW = "", PAUSE = "0" } = process.env;
const outside = { witness: folderWitness(FOLDER), log: noLog };
const database = openSqlite(join(FOLDER, DATABASE_FILE));
const opened = await openDatabase(database, new Seal(Buffer.from(OLD, "base64")), outside);
process.stdout.write("begun\n");
const told = { at: 1_800_000_000_000, actor: "hana", role: "officer", operator: "", reason: "yearly" };
const pause = () => sleep(Number(PAUSE));
const pace = { settled: () => sleep(20), pause };
const count = await rotate(opened, Buffer.from(NEW, "base64"), told, pace);
await opened.ours.close();
process.stdout.write(`ended ${count}\n`);
