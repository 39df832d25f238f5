import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { leavesCore, tellTales } from "./diagnostics.ts";
import { createLog } from "./http/log.ts";
import { developmentKeys, randomIds } from "./keys.ts";
import { postOf } from "./post.ts";
import { loadTexts } from "./reply/texts.ts";
import { startBrain } from "./turn/brain-thread.ts";
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

// What a crash leaves behind must hold no customer's word.
const options = [...process.execArgv, ...(process.env.NODE_OPTIONS ?? "").split(/\s+/)];
if (config.production) {
  const telling = tellTales(options);
  if (telling.length > 0)
    fail(telling.map((option) => `${option} would show what is in memory: not in production`));
  if (existsSync("/proc/self/limits") && leavesCore(readFileSync("/proc/self/limits", "utf8")))
    log.warn("process.core-dumps");
  // Else it would open the door for a debugger.
  process.on("SIGUSR1", () => log.warn("process.signal", { signal: "SIGUSR1" }));
}

process.on("unhandledRejection", (error) => {
  log.error("process.rejection", { error: error instanceof Error ? error.name : "unknown" });
});
process.on("uncaughtException", (error) => {
  log.error("process.exception", { error: error.name });
  process.exit(1);
});

/** What cannot be loaded is told line by line. */
const failed = (error: Error): never => fail(error.message.split("\n"));
const { publicUrl, operators } = config;
const served = operators ? { operators } : {};
const [brain] = await Promise.all([
  startBrain({ publicUrl, pages: true, mails: config.mail !== undefined, ...served }, log),
  buildWidget(ROOT),
]).catch(failed);
const { content } = brain;
const website = {
  operators: [...content.operators.values()],
  content,
  bundle: loadBundle(ROOT),
};
const app = await createApp(
  config,
  { clock, ids: randomIds, random: randomBytes, log },
  brain,
  website,
  await postOf(config, content, await loadTexts(join(ROOT, "locales"))),
).catch(failed);

let stopping = false;
function end(code: number): void {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(1), STOP_MS).unref();
  app
    .stop()
    .then(() => brain.stop())
    .then(
      () => process.exit(code),
      () => process.exit(1),
    );
}
for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.on(signal, () => {
    log.info("process.signal", { signal });
    end(0);
  });
// Whoever watches over the process starts it anew: what the disk has taken is read from the disk then.
for (const broken of [app.broken, brain.broken]) void broken.then(() => end(1));

await app
  .start()
  .catch((error: NodeJS.ErrnoException) => fail([`cannot listen: ${error.code ?? error.name}`]));
process.stderr.write(`The desk is open: ${publicUrl}\n`);
// The first customers of the day wait for nothing.
await brain.warm();
