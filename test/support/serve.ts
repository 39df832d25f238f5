import { randomBytes } from "node:crypto";
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
const ports = {
  clock: { now: () => Date.now() },
  ids: randomIds,
  random: randomBytes,
  log: createLog(config.logLevel),
};
const app = await createApp(config, ports, standInBrain());
process.on("SIGTERM", () => void app.stop().then(() => process.exit(0)));
void app.broken.then(() => app.stop().then(() => process.exit(1)));
await app.start();
