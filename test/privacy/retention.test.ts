import { randomBytes } from "node:crypto";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { operatorSchema } from "../../src/knowledge/operator.ts";
import { noLog } from "../../src/ports.ts";
import { Seal } from "../../src/storage/seal.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { type Stores, storesOn } from "../../src/storage/store.ts";
import { purge } from "../../src/turn/retention.ts";
import { openDesk } from "../support/desk.ts";
import { bytesIn } from "../support/files.ts";
import { theContent } from "../support/lessons.ts";
import { measure, random, SEED } from "../support/long.ts";
import { PlainSeal } from "../support/plain-seal.ts";
import { start } from "../support/process.ts";
import { standInBrain } from "../support/stand-in-brain.ts";
import { tempFolder } from "../support/temp.ts";
import { until } from "../support/until.ts";

const DAY_MS = 86_400_000;
const T0 = 1_800_000_000_000;
const claim = { by: "one", leaseMs: 1_000 };
const KEPT = () => ({ chatDays: 90, requestYears: 3 });
const PLANTED = [
  "山田太郎",
  "Yamada Taro",
  "東京都千代田区丸の内9-9-9",
  "090-8765-4321",
  "taro@mail.example",
];

/** A chat with planted words wherever a person's words are kept: one turn done, one waiting. */
async function chat(store: Stores, id: string, now: number, mark: string): Promise<void> {
  const words = `${mark} ${PLANTED.join(" ")}`;
  const conversation = { id, channel: "web", operator: "jcom", customer: `dl_${words}` };
  await store.conversations.create(conversation, now);
  const arrive = (n: number) =>
    store.inbox.receive(
      {
        conversation: id,
        channel: "web",
        eventId: `${id}/${n}`,
        digest: words,
        kind: "message",
        incoming: { text: words, command: words },
        activity: { id: `${id}-a${n}`, platform: { text: words } },
      },
      now,
      claim,
    );
  const received = await arrive(1);
  if (received.kind !== "recorded" || !received.job) throw new Error("no turn");
  const message = { locale: "ja" as const, text: words, choices: [], words: { kind: "notice" as const } };
  const talk = { locale: "ja" as const, choices: [{ title: words, command: "none" }] };
  const result = { state: "done" as const, talk, messages: [{ id: `${id}-r1`, message }] };
  await store.inbox.commit(received.job, result, now, claim, true);
  await store.feedbacks.put(conversation, { activityId: `${id}-r1`, rating: "down", reason: words }, now);
  await store.sessions.begin(id, `resume-${id}`, now + 7 * DAY_MS);
  await arrive(2);
}

/** Every sealed value of the database, as it stands in the file. */
function sealedIn(path: string): Buffer[] {
  const db = new DatabaseSync(path, { readOnly: true });
  const all = [
    "select body from activity",
    "select body from feedback",
    "select talk as body from conversation",
  ]
    .concat("select customer as body from conversation", "select body from inbox where body is not null")
    .flatMap((query) =>
      db
        .prepare(query)
        .all()
        .map((row) => Buffer.from(row.body as Uint8Array)),
    );
  db.close();
  return all;
}

it.each([
  ["nothing sealed", () => new PlainSeal()],
  ["everything sealed", () => new Seal(randomBytes(32))],
])(
  "P05, %s: a day after the period nothing of a chat is left in database, log and free pages",
  async (_, seal) => {
    const folder = tempFolder();
    const path = join(folder, "desk.db");
    const store = await storesOn(openSqlite(path), seal());
    for (let n = 0; n < 30; n += 1) await chat(store, `old-${n}`, T0, "old");
    const due = sealedIn(path);
    await chat(store, "young", T0 + 2 * DAY_MS, "young");
    const run = (now: number) => purge(store.conversations, ["jcom"], KEPT, { now: () => now }, noLog);
    await run(T0 + 89 * DAY_MS);
    const before = bytesIn(folder);
    expect(due.length).toBe(30 * 7);
    expect(due.filter((value) => !before.includes(value))).toEqual([]);

    const began = performance.now();
    await run(T0 + 91 * DAY_MS);
    expect(performance.now() - began).toBeLessThan(60_000);
    const after = bytesIn(folder);
    expect(due.filter((value) => after.includes(value))).toEqual([]);
    expect(after.includes(Buffer.from("old 山田太郎"))).toBe(false);
    expect(await store.conversations.find("young")).toBeDefined();
    const counts = (await store.conversations.proofs()).map((p) => [p.cause, p.conversations, p.activities]);
    expect(counts).toEqual([["retention", 30, 90]]);
    await store.close();
  },
);

it("82: operator.yaml says for how many days, 90 when it does not", () => {
  const jcom = theContent().operators.get("jcom");
  expect(jcom?.retention).toEqual({ chatDays: 90, requestYears: 3, draftDays: 7 });
  const { id: _, clauses: __, ...facts } = { ...jcom };
  const given = { chatDays: 30, requestYears: 5, draftDays: 3 };
  expect(operatorSchema.parse({ ...facts, retention: given }).retention).toEqual(given);
  for (const chatDays of [0, 1.5, -1, "90", 4_000])
    expect(operatorSchema.safeParse({ ...facts, retention: { chatDays } }).success).toBe(false);
});

it("82: each operator's chats are kept for its own days", async () => {
  const dataDir = tempFolder();
  let now = T0;
  const brain = {
    ...standInBrain(),
    retention: (operator: string) => ({
      chatDays: operator === "jcom" ? 7 : 90,
      requestYears: 3,
      draftDays: 7,
    }),
  };
  const open = () => openDesk({ dataDir, brain, clock: { now: () => now } });
  const first = await open();
  const { dataKey } = first.config;
  await first.stop();
  const store = await storesOn(openSqlite(join(dataDir, "madoguchi.db")), new Seal(dataKey));
  for (const operator of ["jcom", "sakura-internet"])
    await store.conversations.create({ id: operator, channel: "web", operator, customer: "dl_x" }, T0);
  now = T0 + 8 * DAY_MS;
  const second = await open();
  await until(async () => (await store.conversations.find("jcom")) === undefined);
  expect(await store.conversations.find("sakura-internet")).toBeDefined();
  await second.stop();
  await store.close();
});

const KILLS = measure(1, 100);
const CHATS = 300;

it(`P05: a purge that is killed, at ${KILLS} points, is finished by the next one, and counted once`, async () => {
  console.info(`seed ${SEED}`);
  const next = random();
  const [prepared, root] = [tempFolder(), tempFolder()];
  const store = await storesOn(openSqlite(join(prepared, "desk.db")), new PlainSeal());
  await Promise.all(Array.from({ length: CHATS }, (_, n) => chat(store, `old-${n}`, T0, "old")));
  await chat(store, "young", T0 + 80 * DAY_MS, "young");
  await store.close();
  const now = T0 + 91 * DAY_MS;

  /** Starts the purge on a copy; resolves when it has begun. */
  async function begun(name: string) {
    const folder = join(root, name);
    mkdirSync(folder);
    cpSync(prepared, folder, { recursive: true });
    const purging = start("test/support/purge.ts", { FOLDER: folder, NOW: String(now) });
    await until(() => purging.output().includes("begun"), 15_000, "the purge begins");
    return { folder, purging, at: performance.now() };
  }

  const whole = await begun("whole");
  await until(() => whole.purging.output().includes("ended"), 15_000, "the purge ends");
  const span = performance.now() - whole.at;
  let interrupted = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const { folder, purging } = await begun(`kill-${kill}`);
    await sleep(next() * span);
    await purging.end("SIGKILL");
    if (!purging.output().includes("ended")) interrupted += 1;
    const again = await storesOn(openSqlite(join(folder, "desk.db")), new PlainSeal());
    await purge(again.conversations, ["jcom"], KEPT, { now: () => now + DAY_MS }, noLog);
    const proofs = await again.conversations.proofs();
    expect(proofs.reduce((sum, proof) => sum + proof.conversations, 0)).toBe(CHATS);
    expect(proofs.reduce((sum, proof) => sum + proof.activities, 0)).toBe(CHATS * 3);
    expect(await again.conversations.find("young")).toBeDefined();
    expect(bytesIn(folder).includes(Buffer.from("old 山田太郎"))).toBe(false);
    await again.close();
    const db = new DatabaseSync(join(folder, "desk.db"));
    expect(db.prepare("pragma integrity_check").get()).toEqual({ integrity_check: "ok" });
    db.close();
  }
  console.info(`${KILLS} kills within ${Math.round(span)} ms, ${interrupted} before the end`);
}, 300_000);
