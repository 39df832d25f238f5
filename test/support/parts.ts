import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Channel } from "../../src/channels/channel.ts";
import type { DirectLineSettings } from "../../src/channels/direct-line/desk.ts";
import { directLine } from "../../src/channels/direct-line/index.ts";
import { trustedProxies } from "../../src/http/address.ts";
import { healthRoutes } from "../../src/http/health.ts";
import { createLog } from "../../src/http/log.ts";
import { createMetrics, metricsRoute } from "../../src/http/metrics.ts";
import { unavailable } from "../../src/http/problem.ts";
import { createHttpServer } from "../../src/http/server.ts";
import { randomIds } from "../../src/keys.ts";
import type { Clock, Log } from "../../src/ports.ts";
import { loadTexts } from "../../src/reply/texts.ts";
import { openSqlite, type SqliteOptions } from "../../src/storage/sqlite/open.ts";
import { createStores, type Stores } from "../../src/storage/store.ts";
import type { Sender } from "../../src/turn/delivery.ts";
import { StoreUnavailable } from "../../src/turn/store.ts";
import type { Brain } from "../../src/turn/talk.ts";
import { createTurn } from "../../src/turn/turn.ts";
import { freePort, SECRET } from "./desk.ts";
import { standInBrain } from "./stand-in-brain.ts";
import { withTables } from "./tables.ts";
import { tempFolder } from "./temp.ts";

export const TOKEN_KEY = randomBytes(32);
const DATA_KEY = randomBytes(32);

/** What may stand in the place of a part; everything else is as in `src/app.ts`. */
export interface Exchanged {
  dataDir?: string;
  /** A free one, unless the desk takes another one's place. */
  port?: number;
  brain?: Brain;
  /** The whole desk's. */
  clock?: Clock;
  /** Direct Line's own, for its tokens. */
  channelClock?: Clock;
  log?: Log;
  settings?: Partial<DirectLineSettings>;
  sqlite?: SqliteOptions;
  senders?: ReadonlyMap<string, Sender>;
  /** Put around the stores. */
  stores?: (stores: Stores) => Stores;
  /** Put around the channel. */
  channel?: (channel: Channel) => Channel;
}

export interface Parts {
  url: string;
  store: Stores;
  /** Every line that was logged. */
  lines: string[];
  stop(): Promise<void>;
}

/** The desk put together from the same parts as the real one, some of them exchanged. Stops with the test. */
export async function openParts(exchanged: Exchanged = {}): Promise<Parts> {
  const around = <T>(part: T, wrap: ((part: T) => T) | undefined) => wrap?.(part) ?? part;
  const [ids, port] = [randomIds, exchanged.port ?? (await freePort())];
  const url = `http://127.0.0.1:${port}`;
  const lines: string[] = [];
  const log = exchanged.log ?? createLog("info", (line) => lines.push(line));
  const clock = exchanged.clock ?? { now: () => Date.now() };
  const brain = exchanged.brain ?? standInBrain();
  const texts = await loadTexts("locales");
  const path = await withTables(join(exchanged.dataDir ?? tempFolder(), "madoguchi.db"));
  const database = openSqlite(path, exchanged.sqlite);
  const whole = await createStores(database, DATA_KEY);
  const store = around(whole, exchanged.stores);
  const senders = exchanged.senders ?? new Map<string, Sender>();
  const turn = createTurn({
    brain,
    texts,
    store,
    clock,
    ids,
    random: randomBytes,
    log,
    senders,
  });
  const settings = {
    publicUrl: url,
    operators: brain.operators,
    secrets: new Map([["jcom", SECRET]]),
    allows: (origin: string) => origin === url || origin === "https://www.jcom.example",
    ...exchanged.settings,
  };
  const { sessions } = store;
  const own = exchanged.channelClock ?? clock;
  const channel = around(
    directLine({ settings, tokenKey: TOKEN_KEY, texts, store, sessions, turn, clock: own, ids, log }),
    exchanged.channel,
  );
  const metrics = createMetrics();
  const server = createHttpServer({
    routes: [...channel.routes, ...healthRoutes(async () => "ready"), metricsRoute(metrics, async () => {})],
    upgrades: channel.upgrades,
    trusted: trustedProxies(["127.0.0.1"]),
    secure: false,
    ids,
    log,
    metrics,
    answerTo: (error) => (error instanceof StoreUnavailable ? unavailable() : undefined),
  });
  turn.start();
  await server.listen(port, "127.0.0.1");
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= (async () => {
      await server.stop(1_000);
      await turn.stop();
      channel.stop();
      await whole.close();
    })();
    return stopped;
  };
  onTestFinished(stop);
  return { url, store: whole, lines, stop };
}
