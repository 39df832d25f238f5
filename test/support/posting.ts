import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Audience } from "../../src/notices/causes.ts";
import { noLog } from "../../src/ports.ts";
import type { Change, MailAddress } from "../../src/requests/register.ts";
import type { Actor, Step } from "../../src/requests/state.ts";
import { DATABASE_FILE } from "../../src/storage/backup.ts";
import { Seal } from "../../src/storage/seal.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { type Stores, storesOn } from "../../src/storage/store.ts";
import { folderWitness } from "../../src/storage/witness.ts";
import type { Job, Received } from "../../src/turn/store.ts";
import { takeStep } from "./deciding.ts";
import { request } from "./filing.ts";
import { withTables } from "./tables.ts";
import { tempFolder } from "./temp.ts";

export const ALL: Audience = { customers: true, desks: new Set(["jcom"]) };
export const TO = "taro@example.jp";
const REPLY: MailAddress = { to: TO, use: "reply" };
export const HOLDER: MailAddress = { to: TO, use: "holder" };
/** Monday, 16 November 2026, 10:00 in Japan. */
export const T0 = Date.parse("2026-11-16T10:00:00+09:00");

export interface Place {
  folder: string;
  key: Uint8Array;
}
export const place = (): Place => ({ folder: tempFolder(), key: randomBytes(32) });

/** A desk's database of which somebody is told; closed when the test ends. */
export async function openStore(
  { folder, key }: Place,
  audience: Audience = ALL,
  seal = new Seal(key),
): Promise<Stores> {
  const outside = { witness: folderWitness(folder), log: noLog, audience };
  const store = await storesOn(openSqlite(await withTables(join(folder, DATABASE_FILE))), seal, outside);
  onTestFinished(() => store.close());
  return store;
}

const claim = { by: "posting", leaseMs: 1_000 };
let events = 0;
/** A message comes to a chat, at the place after the last one's. */
export async function heard(store: Stores, conversation: string, now = T0): Promise<Received> {
  events += 1;
  return store.inbox.receive(
    {
      conversation,
      channel: "web",
      eventId: `posting ${events}`,
      digest: "",
      kind: "message",
      incoming: { text: "x" },
      activity: null,
    },
    now,
    claim,
  );
}

/** The next turn of a conversation, that nobody else runs. */
export async function turn(store: Stores, conversation: string, now = T0, operator = "jcom"): Promise<Job> {
  if (!(await store.conversations.find(conversation)))
    await store.conversations.create(
      { id: conversation, channel: "web", operator, customer: conversation },
      now,
    );
  const received = await heard(store, conversation, now);
  if (received.kind !== "recorded" || !received.job) throw new Error("no turn");
  return received.job;
}

/** Ends a turn with what it changes. Rejects with `RegisterConflict`. */
export async function commit(store: Stores, job: Job, changes: readonly Change[], now = T0): Promise<void> {
  const result = { state: "done" as const, talk: { locale: "en" as const }, messages: [], changes };
  const done = await store.inbox.commit(job, result, now, claim, false);
  if (done.kind !== "committed") throw new Error("not committed");
}

export async function change(
  store: Stores,
  conversation: string,
  changes: readonly Change[],
  now = T0,
  operator = "jcom",
): Promise<void> {
  await commit(store, await turn(store, conversation, now, operator), changes, now);
}

export const filing = (receipt: string, changes: Parameters<typeof request>[1] = {}): Change => ({
  do: "file",
  request: request(receipt, { mail: REPLY, ...changes }),
});

/** A step of an officer, or of whoever is told. */
export async function move(
  store: Stores,
  receipt: string,
  step: Step,
  now = T0,
  by: Actor = { by: "officer", name: "Sato" },
): Promise<void> {
  const shown = await store.docket.show("jcom", receipt);
  const at = { operator: "jcom", receipt, version: shown?.version ?? 0 };
  const entry = { at: now, actor: "Sato", role: "officer", operator: "jcom" };
  const audit = { ...entry, what: "move" as const, subject: receipt, reason: "r" };
  const moved = await takeStep(store.docket, at, step, by, now, audit);
  if (moved.kind !== "moved") throw new Error(`${step.kind}: ${JSON.stringify(moved)}`);
}
