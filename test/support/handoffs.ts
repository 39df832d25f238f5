import { randomBytes } from "node:crypto";
import { dirname } from "node:path";
import { onTestFinished } from "vitest";
import type { AtDesk } from "../../src/handoff/desk.ts";
import { randomIds } from "../../src/keys.ts";
import { type Clock, noLog } from "../../src/ports.ts";
import { loadTexts } from "../../src/reply/texts.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { createStores } from "../../src/storage/store.ts";
import { folderWitness } from "../../src/storage/witness.ts";
import type { Activity } from "../../src/turn/activity.ts";
import type { Sender } from "../../src/turn/delivery.ts";
import type { Conversation } from "../../src/turn/store.ts";
import type { Brain } from "../../src/turn/talk.ts";
import { createTurn } from "../../src/turn/turn.ts";
import { callingBrain } from "./calling-brain.ts";
import { withTables } from "./tables.ts";
import { until } from "./until.ts";

export interface EngineOptions {
  path: string;
  key: Uint8Array;
  brain?: Brain;
  clock?: Clock;
  staffed?: boolean;
  senders?: ReadonlyMap<string, Sender>;
  /** Milliseconds between looks at what other processes wrote. */
  watchMs?: number;
}

/** An engine on a file, with agents: each call is one more process, as far as the database can tell. */
export async function engineWithAgents(options: EngineOptions) {
  const { path, key, clock = { now: () => Date.now() } } = options;
  const { watchMs = 10 } = options;
  const store = await createStores(openSqlite(await withTables(path), { watchMs }), key, {
    witness: folderWitness(dirname(path)),
    log: noLog,
  });
  const turn = createTurn({
    brain: options.brain ?? callingBrain(),
    texts: await loadTexts("locales"),
    store,
    clock,
    ids: randomIds,
    random: randomBytes,
    log: noLog,
    senders: options.senders ?? new Map(),
    staffing: { staffed: async () => options.staffed ?? true },
  });
  turn.start();
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= turn.stop().then(() => store.close());
    return stopped;
  };
  onTestFinished(stop);

  const all = (id: string) => store.transcript.after(conversationOf(id), 0, 10_000);
  return {
    store,
    turn,
    desk: turn.desk,
    stop,
    all,
    /** The customer's words are recorded; their turn may still run. */
    async say(id: string, said: string | { command: string }, eventId = randomIds.next(), channel = "web") {
      const incoming = typeof said === "string" ? { text: said } : said;
      const activity = { id: randomIds.next(), platform: {} };
      const digest = JSON.stringify(said);
      const arrival = { conversation: id, channel, eventId, digest, kind: "message" as const };
      return turn.receive({ ...arrival, incoming, activity });
    },
    /** Nothing waits any more. */
    async settled() {
      await until(async () => (await store.inbox.counts()).waiting === 0, 10_000, "an empty inbox");
    },
    async begin(id: string, channel = "web", operator = "jcom") {
      await store.conversations.create({ id, channel, operator, customer: `dl_${id}` }, clock.now());
    },
  };
}

export type Engine = Awaited<ReturnType<typeof engineWithAgents>>;

export const conversationOf = (id: string, operator = "jcom"): Conversation => ({
  id,
  channel: "web",
  operator,
  customer: `dl_${id}`,
});

/** An agent of this operator. */
export const agent = (name: string, changes: Partial<AtDesk> = {}): AtDesk => ({
  id: `account-${name}`,
  name,
  role: "agent",
  operators: ["jcom"],
  ...changes,
});

export const key = () => randomIds.next();

export const textOf = ({ content }: Activity): string =>
  content.kind === "message" ? content.message.text : (content.incoming.text ?? "");
