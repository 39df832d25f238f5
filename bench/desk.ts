import { randomBytes } from "node:crypto";
import { createApp } from "../src/app.ts";
import { type Environment, readConfig } from "../src/config.ts";
import { createLog } from "../src/http/log.ts";
import { loadContent } from "../src/knowledge/content.ts";
import { startBrain } from "../src/turn/brain-thread.ts";
import { loadBundle } from "../src/widget/bundle/load.ts";
import { callingBrain } from "../test/support/calling-brain.ts";
import { LINE_SECRET, LINE_TOKEN } from "../test/support/line-platform.ts";
import { standInBrain } from "../test/support/stand-in-brain.ts";

/**
 * The desk as a process, to be measured: `echo` with a brain that says back what it hears, `real` with ours; on LINE when
 * the address of a stand-in of its platform is told. With a data key (base64) it opens what was filled with it before,
 * with its website and console.
 */
const [port = "", dataDir = "", brainName = "echo", lineBase = "", dataKey] = process.argv.slice(2);
const env: Environment = {
  NODE_ENV: "production",
  PORT: port,
  DATA_DIR: dataDir,
  DATA_KEY: dataKey ?? randomBytes(32).toString("base64"),
  TOKEN_KEY: randomBytes(32).toString("base64"),
  DIRECT_LINE_SECRET_JCOM: "a-secret-for-the-benchmark-0123456789",
  TRUSTED_PROXIES: "127.0.0.1",
  LOG_LEVEL: "warn",
  ...(lineBase === ""
    ? {}
    : {
        LINE_CHANNEL_SECRET_JCOM: LINE_SECRET,
        LINE_CHANNEL_ACCESS_TOKEN_JCOM: LINE_TOKEN,
        LINE_API_BASE: lineBase,
      }),
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
    ? await startBrain({ publicUrl: config.publicUrl, operators }, createLog("warn"))
    : dataKey === undefined
      ? standInBrain({ operators })
      : { ...callingBrain(600), operators };
const content = loadContent("content");
const website = { operators: [...content.operators.values()], content, bundle: loadBundle(".") };
const app = await createApp(
  config,
  { clock: { now: () => Date.now() }, ids, random: randomBytes, log: createLog("warn") },
  brain,
  dataKey === undefined ? undefined : website,
);
await app.start();
process.stdout.write("ready\n");
process.on("SIGTERM", () => void app.stop().then(() => process.exit(0)));
process.on("SIGUSR2", () => globalThis.gc?.());
