import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { backUp, restore } from "../storage/backup.ts";
import { openSqlite } from "../storage/sqlite/open.ts";
import { addErasures, ERASURES_FILE } from "../storage/witness.ts";
import { openData, outsideOf, run, STAFF, toldBy } from "./data.ts";
import { settings } from "./settings.ts";

/**
 * `npm run backup -- create FILE --actor NAME --reason TEXT`: all that is committed, encrypted, while desks run.
 * `npm run backup -- restore FILE ...`: into a DATA_DIR without a database. What was erased since is erased again: by
 * the file `erasures` in WITNESS_DIR, or by `--tombstones FILE`, a copy of it; `--no-tombstones` says that there is
 * none.
 */
const USAGE =
  "usage: npm run backup -- create|restore FILE --actor NAME --reason TEXT; restore: [--tombstones FILE | --no-tombstones]";

await run(async () => {
  const { values, positionals } = parseArgs({
    options: { ...STAFF, tombstones: { type: "string" }, "no-tombstones": { type: "boolean" } },
    allowPositionals: true,
  });
  const [verb, typed] = positionals;
  if ((verb !== "create" && verb !== "restore") || !typed || positionals.length > 2) throw new Error(USAGE);
  const told = toldBy(values, Date.now());
  const file = resolve(typed);
  const config = settings();
  const { dataDir, dataKey, witnessDir } = config;
  if (verb === "create") {
    const data = await openData(config);
    try {
      await backUp(data, dataKey, { dataDir, file }, told);
    } finally {
      await data.ours.close();
    }
    process.stdout.write(`${file}\n`);
    return;
  }
  if (!existsSync(file)) throw new Error(`there is no file ${file}`);
  const tombstones = values.tombstones === undefined ? undefined : readFileSync(values.tombstones, "utf8");
  const known = tombstones !== undefined || existsSync(join(witnessDir, ERASURES_FILE));
  if (!known && !values["no-tombstones"])
    throw new Error(
      "what was erased after the backup would come back: give --tombstones FILE, a copy of the file `erasures` of the lost desk, or --no-tombstones when nothing was erased",
    );
  if (tombstones !== undefined) addErasures(witnessDir, tombstones);
  const { chats, requests } = await restore(openSqlite, dataKey, { dataDir, file }, outsideOf(config), told);
  process.stdout.write(`restored; erased again: ${chats} chats, ${requests} requests\n`);
});
