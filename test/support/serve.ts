import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { createLog } from "../../src/http/log.ts";
import { randomIds } from "../../src/keys.ts";
import { standInBrain } from "./stand-in-brain.ts";

/** The desk as a process of its own, with the stand-in brain: for tests that kill it. */
const read = readConfig(
  process.env,
  () => "",
  () => ({ dataKey: "", tokenKey: "" }),
);
if (read.kind === "problems") throw new Error(read.problems.join("; "));
const { config } = read;
const { CLOCK_FILE } = process.env;
const ports = {
  // A test sets the clock by a file that holds by how many milliseconds it is wrong.
  clock: { now: () => Date.now() + (CLOCK_FILE ? Number(readFileSync(CLOCK_FILE, "utf8")) : 0) },
  ids: randomIds,
  random: randomBytes,
  log: createLog(config.logLevel),
};
const app = await createApp(config, ports, standInBrain());
process.on("SIGTERM", () => void app.stop().then(() => process.exit(0)));
void app.broken.then(() => app.stop().then(() => process.exit(1)));
await app.start();
