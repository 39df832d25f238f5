import { randomBytes } from "node:crypto";
import { createApp } from "../src/app.ts";
import { type Environment, readConfig } from "../src/config.ts";
import { createLog } from "../src/http/log.ts";
import { loadContent } from "../src/knowledge/content.ts";
import { createBrain } from "../src/turn/brain.ts";
import { loadBundle } from "../src/widget/bundle/load.ts";
import { callingBrain } from "../test/support/calling-brain.ts";
import { standInBrain } from "../test/support/stand-in-brain.ts";

/**
 * The desk as a process, to be measured: `echo` with a brain that says back what it hears, `real` with ours. With a
 * data key (base64) it opens what was filled with it before, with its website and console.
 */
const [port = "", dataDir = "", brainName = "echo", dataKey] = process.argv.slice(2);
const env: Environment = {
  NODE_ENV: "production",
  PORT: port,
  DATA_DIR: dataDir,
  DATA_KEY: dataKey ?? randomBytes(32).toString("base64"),
  TOKEN_KEY: randomBytes(32).toString("base64"),
  DIRECT_LINE_SECRET_JCOM: "a-secret-for-the-benchmark-0123456789",
  TRUSTED_PROXIES: "127.0.0.1",
  LOG_LEVEL: "warn",
};
const read = readConfig(
  env,
  () => "",
  () => ({ dataKey: "", tokenKey: "" }),
);
if (read.kind === "problems") throw new Error(read.problems.join("; "));
const { config } = read;
const ids = { next: () => randomBytes(18).toString("base64url") };
const operators = ["jcom"];
const brain =
  brainName === "real"
    ? await createBrain({ publicUrl: config.publicUrl, operators })
    : dataKey === undefined
      ? standInBrain({ operators })
      : { ...callingBrain(600), operators };
const app = await createApp(
  config,
  { clock: { now: () => Date.now() }, ids, random: randomBytes, log: createLog("warn") },
  brain,
  dataKey === undefined ? undefined : { content: loadContent("content"), bundle: loadBundle(".") },
);
await app.start();
process.stdout.write("ready\n");
process.on("SIGTERM", () => void app.stop().then(() => process.exit(0)));
process.on("SIGUSR2", () => globalThis.gc?.());
