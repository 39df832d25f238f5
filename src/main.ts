import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { createLog } from "./http/log.ts";
import { developmentKeys, randomIds } from "./keys.ts";
import { loadContent } from "./knowledge/content.ts";
import { createBrain } from "./turn/brain.ts";
import { buildWidget } from "./widget/bundle/build.ts";
import { loadBundle } from "./widget/bundle/load.ts";

/** Starts the desk. This file alone reads the environment and ends the process. */

const ROOT = join(import.meta.dirname, "..");
const STOP_MS = 14_000;

function fail(problems: readonly string[]): never {
  process.stderr.write(`The desk does not open:\n${problems.map((p) => `- ${p}\n`).join("")}`);
  process.exit(1);
}

const read = readConfig(process.env, (path) => readFileSync(path, "utf8"), developmentKeys);
if (read.kind === "problems") fail(read.problems);
const { config } = read;
const log = createLog(config.logLevel);
const clock = { now: () => Date.now() };

process.on("unhandledRejection", (error) => {
  log.error("process.rejection", { error: error instanceof Error ? error.name : "unknown" });
});
process.on("uncaughtException", (error) => {
  log.error("process.exception", { error: error.name });
  process.exit(1);
});

const { publicUrl, operators } = config;
const brain = await createBrain({ publicUrl, ...(operators ? { operators } : {}) }).catch((error: Error) =>
  fail(error.message.split("\n")),
);
await buildWidget(ROOT).catch((error: Error) => fail(error.message.split("\n")));
const website = {
  content: loadContent(join(ROOT, "content")),
  bundle: loadBundle(ROOT),
};
const app = await createApp(
  config,
  { clock, ids: randomIds, random: randomBytes, log },
  brain,
  website,
).catch((error: Error) => fail(error.message.split("\n")));

let stopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    log.info("process.signal", { signal });
    setTimeout(() => process.exit(1), STOP_MS).unref();
    app.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });

await app
  .start()
  .catch((error: NodeJS.ErrnoException) => fail([`cannot listen: ${error.code ?? error.name}`]));
process.stderr.write(`The desk is open: ${publicUrl}\n`);
// The first form of the day waits for nothing.
await brain.warm?.();
