import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Audience } from "../../src/notices/causes.ts";
import { noLog } from "../../src/ports.ts";
import type { AuditEntry } from "../../src/requests/audit.ts";
import type { Change } from "../../src/requests/register.ts";
import { DATABASE_FILE } from "../../src/storage/backup.ts";
import { type Opened, openDatabase } from "../../src/storage/opened.ts";
import { Seal } from "../../src/storage/seal.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { type Stores, storesOn } from "../../src/storage/store.ts";
import { folderWitness, type Outside } from "../../src/storage/witness.ts";
import type { Result } from "../../src/turn/store.ts";
import { times } from "./many.ts";
import { withTables } from "./tables.ts";
import { tempFolder } from "./temp.ts";

export const T0 = 1_800_000_000_000;
export const DAY_MS = 86_400_000;

/** A desk's data folder: what its turns use, what staff's commands use, and what is told outside. */
export interface Records extends Opened, Outside {
  folder: string;
  path: string;
  key: Uint8Array;
  store: Stores;
  close(): Promise<void>;
}

export interface RecordsOptions {
  folder?: string;
  key?: Uint8Array;
  /** Another way to seal, made anew for each connection. */
  seal?: (key: Uint8Array) => Seal;
  /** Who is told by mail; nobody unless told. */
  audience?: Audience;
}

/** Opened twice, as a desk and a command beside it have it open. Closed when the test ends. */
export async function openRecords(options: RecordsOptions = {}): Promise<Records> {
  const { folder = tempFolder(), key = randomBytes(32), seal = (k) => new Seal(k), audience } = options;
  const path = await withTables(join(folder, DATABASE_FILE));
  const outside: Outside = { witness: folderWitness(folder), log: noLog, ...(audience ? { audience } : {}) };
  const store = await storesOn(openSqlite(path, { watchMs: 10 }), seal(key), outside);
  const opened = await openDatabase(openSqlite(path), seal(key), outside);
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= Promise.all([store.close(), opened.ours.close()]).then(() => {});
    return closed;
  };
  onTestFinished(close);
  return { ...opened, ...outside, folder, path, key, store, close };
}

export interface Said {
  conversation: string;
  words: string;
  operator?: string;
  customer?: string;
  changes?: readonly Change[];
  /** What the turn does about a person. */
  desk?: Result["desk"];
}

let events = 0;

/** One turn of a customer: their words, the same words said back, and what it changes in the register. */
export async function tell(store: Stores, said: Said, now = T0): Promise<void> {
  const { conversation: id, words, operator = "jcom", customer = `dl_${said.conversation}` } = said;
  const claim = { by: "one", leaseMs: 1_000 };
  const channel = "web";
  if (!(await store.conversations.find(id)))
    await store.conversations.create({ id, channel, operator, customer }, now);
  events += 1;
  const received = await store.inbox.receive(
    {
      conversation: id,
      channel,
      eventId: `e${events}`,
      digest: words,
      kind: "message",
      incoming: { text: words },
      activity: { id: `a${events}`, platform: { text: words } },
    },
    now,
    claim,
  );
  if (received.kind !== "recorded" || !received.job) throw new Error("no turn");
  const message = { locale: "ja" as const, text: words, choices: [], words: { kind: "notice" as const } };
  const result = {
    state: "done" as const,
    talk: { locale: "ja" as const, choices: [{ title: words, command: "none" }] },
    messages: [{ id: `r${events}`, message }],
    changes: said.changes ?? [],
    ...(said.desk ? { desk: said.desk } : {}),
  };
  const committed = await store.inbox.commit(received.job, result, now, claim, false);
  if (committed.kind !== "committed") throw new Error("not committed");
}

/** A chat of two lines gets so many. */
export async function addLines({ store, ours, rows }: Records, id: string, lines: number): Promise<void> {
  const conversation = await store.conversations.find(id);
  if (!conversation) throw new Error("no chat");
  const content = { kind: "incoming" as const, incoming: { text: "words ".repeat(20) }, platform: {} };
  const line = (seq: number) => ({
    id: `x${seq}`,
    seq,
    at: T0,
    by: "customer" as const,
    replyTo: null,
    content,
  });
  for (let seq = 3; seq < lines; seq += 500) {
    const some = times(Math.min(500, lines - seq)).map((n) => rows.activityRow(conversation, line(seq + n)));
    await ours.writer.write((tx) => tx.insertInto("activity").values(some).execute());
  }
}

export const entry = (changes: Partial<AuditEntry> = {}): AuditEntry => ({
  at: T0,
  actor: "hana",
  role: "officer",
  operator: "jcom",
  what: "show",
  subject: null,
  reason: "to answer",
  ...changes,
});

export const cause = (changes: Partial<AuditEntry> = {}) => {
  const { at, actor, role, reason } = entry(changes);
  return { at, actor, role, reason };
};
