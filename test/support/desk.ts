import { randomBytes } from "node:crypto";
import { createServer } from "node:net";
import { join } from "node:path";
import { type App, createApp, type Post, type Website } from "../../src/app.ts";
import { type Config, type Environment, readConfig } from "../../src/config.ts";
import { createLog } from "../../src/http/log.ts";
import { randomIds } from "../../src/keys.ts";
import type { Clock } from "../../src/ports.ts";
import { postOf } from "../../src/post.ts";
import { loadTexts } from "../../src/reply/texts.ts";
import { DATABASE_FILE } from "../../src/storage/backup.ts";
import type { Brain } from "../../src/turn/talk.ts";
import { theContent } from "./lessons.ts";
import { ROOT } from "./repository.ts";
import { standInBrain } from "./stand-in-brain.ts";
import { withTables } from "./tables.ts";

export const SECRET = "a-server-side-secret-of-jcom-0123456789";

export interface DeskOptions {
  env?: Environment;
  dataDir: string;
  brain?: Brain;
  clock?: Clock;
  website?: Website;
  /** Whether the operators have agents; they have none unless told. */
  staffed?: boolean;
  /** Mails are written into files of the data folder. */
  mails?: boolean;
}

/** A running desk of this test, in production mode. */
export interface TestDesk {
  url: string;
  origin: string;
  app: App;
  config: Config;
  /** Every line that it has logged. */
  lines: string[];
  stop(): Promise<void>;
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Settings of a production desk; the keys stay the same within this test process, so that it can be restarted. */
const dataKey = randomBytes(32).toString("base64");
const tokenKey = randomBytes(32).toString("base64");
export async function productionEnv(dataDir: string): Promise<Record<string, string>> {
  return {
    NODE_ENV: "production",
    PORT: String(await freePort()),
    DATA_DIR: dataDir,
    DATA_KEY: dataKey,
    TOKEN_KEY: tokenKey,
    DIRECT_LINE_SECRET_JCOM: SECRET,
    WIDGET_ORIGINS_JCOM: "https://www.jcom.example",
    LOG_LEVEL: "info",
  };
}

async function filingPost(config: Config): Promise<Post | undefined> {
  const content = theContent();
  return postOf({ ...config, mail: "files" }, content, await loadTexts(join(ROOT, "locales")));
}

export async function openDesk(options: DeskOptions): Promise<TestDesk> {
  const env = { ...(await productionEnv(options.dataDir)), ...options.env };
  const read = readConfig(
    env,
    () => "",
    () => ({ dataKey, tokenKey }),
  );
  if (read.kind === "problems") throw new Error(read.problems.join("; "));
  const lines: string[] = [];
  const log = createLog(read.config.logLevel, (line) => lines.push(line));
  const clock = options.clock ?? { now: () => Date.now() };
  await withTables(join(options.dataDir, DATABASE_FILE));
  const app = await createApp(
    read.config,
    {
      clock,
      ids: randomIds,
      random: randomBytes,
      log,
      ...(options.staffed ? { staffing: { staffed: async () => true } } : {}),
    },
    options.brain ?? standInBrain(),
    options.website,
    options.mails ? await filingPost(read.config) : undefined,
  );
  const port = await app.start();
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= app.stop();
    return stopped;
  };
  const url = `http://127.0.0.1:${port}`;
  return { url, origin: url, app, config: read.config, lines, stop };
}
