import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { rotate } from "../storage/rotation.ts";
import { Seal } from "../storage/seal.ts";
import { openData, run, STAFF, toldBy } from "./data.ts";
import { nextDataKey, settings } from "./settings.ts";

/**
 * `DATA_KEY_NEXT=... npm run keys -- rotate --actor NAME --reason TEXT`: puts DATA_KEY_NEXT (or DATA_KEY_NEXT_FILE) in
 * the place of DATA_KEY while desks run. Ended in between, the same command goes on. Afterwards every start needs the
 * new key as DATA_KEY; the old one opens nothing but older backups.
 */
const PAUSE_MS = 5;
/** A desk that does not look at its database for that long must be started anew with the new key. */
const SETTLED_MS = 1_000;

await run(async () => {
  const { values, positionals } = parseArgs({ options: STAFF, allowPositionals: true });
  if (positionals.join() !== "rotate")
    throw new Error("usage: npm run keys -- rotate --actor NAME --reason TEXT");
  const told = toldBy(values, Date.now());
  const [config, next] = [settings(), nextDataKey()];
  const id = Seal.keyId(next);
  const data = await openData(config).catch(async (error: Error) => {
    // The last step was done before this command was ended.
    const done = await openData(config, next).catch(() => undefined);
    if (!done) throw error;
    await done.ours.close();
    return undefined;
  });
  if (data) {
    try {
      const count = await rotate(
        data,
        next,
        { ...told, operator: "" },
        {
          settled: () => sleep(SETTLED_MS),
          pause: () => sleep(PAUSE_MS),
        },
      );
      process.stdout.write(`${count} values sealed anew under key ${id}\n`);
    } finally {
      await data.ours.close();
    }
  }
  process.stdout.write(`key ${id} is in use: make it DATA_KEY before the next start\n`);
});
