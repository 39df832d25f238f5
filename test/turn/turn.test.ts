import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { randomIds } from "../../src/keys.ts";
import { noLog } from "../../src/ports.ts";
import { loadTexts } from "../../src/reply/texts.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { createStores } from "../../src/storage/store.ts";
import type { Sender } from "../../src/turn/delivery.ts";
import type { Arrival } from "../../src/turn/store.ts";
import { MAX_TEXT } from "../../src/turn/take.ts";
import { createTurn, type TurnOptions } from "../../src/turn/turn.ts";
import { standInBrain } from "../support/stand-in-brain.ts";
import { tempFolder } from "../support/temp.ts";
import { until } from "../support/until.ts";

const key = randomBytes(32);
const conversation = { id: "c1", channel: "web", operator: "jcom", customer: "dl_x" };
const clock = { now: () => Date.now() };

function arrival(text: string, eventId: string = randomIds.next(), id = "c1"): Arrival {
  const activity = { id: randomIds.next(), platform: {} };
  return {
    conversation: id,
    channel: "web",
    eventId,
    digest: text,
    kind: "message",
    incoming: { text },
    activity,
  };
}

/** An engine on the file: each call is one more process, as far as the database can tell. */
async function engine(path: string, changes: Partial<TurnOptions> = {}) {
  const store = await createStores(openSqlite(path), key);
  const senders = new Map<string, Sender>();
  const texts = await loadTexts("locales");
  const parts = {
    texts,
    clock,
    ids: randomIds,
    random: randomBytes,
    log: noLog,
    senders,
    retentionDays: () => 90,
  };
  const turn = createTurn({ brain: standInBrain(), store, ...parts, ...changes });
  turn.start();
  const stop = async () => {
    await turn.stop();
    await store.close();
  };
  onTestFinished(stop);
  const said = async (id = "c1") =>
    (await store.transcript.after({ ...conversation, id }, 0, 10_000)).flatMap((a) =>
      a.content.kind === "message" ? [a.content.message.text] : [],
    );
  return { store, turn, said, stop };
}

it("opens once, answers in order, and takes a second delivery as nothing", async () => {
  const { store, turn, said } = await engine(join(tempFolder(), "desk.db"));
  await store.conversations.create(conversation, clock.now());
  const open: Arrival = { ...arrival("", "open"), kind: "open", activity: null, incoming: { locale: "en" } };
  await Promise.all([
    turn.receive(open),
    turn.receive(open),
    turn.receive(arrival("one", "e1")),
    turn.receive(arrival("two")),
  ]);
  await turn.receive(arrival("one", "e1"));
  await until(async () => (await said()).length === 3);
  expect(await said()).toEqual(["greeting jcom", "#1 one", "#2 two"]);
});

it("keeps each conversation's order over two processes on one file", async () => {
  const path = join(tempFolder(), "desk.db");
  const engines = [await engine(path), await engine(path)];
  const ids = ["c1", "c2", "c3"];
  for (const id of ids) await engines[0]?.store.conversations.create({ ...conversation, id }, clock.now());
  for (let n = 0; n < 40; n += 1)
    await Promise.all(
      ids.map(async (id) => engines[n % 2]?.turn.receive(arrival(`m${n}`, `${id}/${n}`, id))),
    );
  const expected = ["greeting jcom", ...Array.from({ length: 40 }, (_, n) => `#${n + 1} m${n}`)];
  for (const id of ids) {
    await until(async () => (await engines[0]?.said(id))?.length === 41, 10_000);
    expect(await engines[0]?.said(id)).toEqual(expected);
  }
});

it("R19: a message that always fails gets an apology after five tries; what comes after it waits and is answered", async () => {
  let tries = 0;
  const fails = (text: string) => text === "poison" && ++tries > 0;
  const ended: string[] = [];
  const options = {
    brain: standInBrain({ fails }),
    onTurn: (t: { state: string }) => void ended.push(t.state),
  };
  const { store, turn, said } = await engine(join(tempFolder(), "desk.db"), options);
  for (const id of ["c1", "c2"]) await store.conversations.create({ ...conversation, id }, clock.now());
  await turn.receive(arrival("poison"));
  await turn.receive(arrival("after"));
  await turn.receive(arrival("other", "o", "c2"));
  await until(async () => (await said("c2")).length === 2, 500, "the other conversation");
  await until(async () => (await said()).length === 2, 10_000);
  expect(tries).toBe(5);
  const texts = await said();
  expect(texts[0]).toContain("申し訳ありません");
  expect(texts.at(-1)).toBe("#1 after");
  expect(await store.inbox.counts()).toEqual({ waiting: 0, dead: 1 });
  expect(ended).toContain("dead");
});

it("R19: a message that has ended the process five times is given up without another try", async () => {
  const path = join(tempFolder(), "desk.db");
  const store = await createStores(openSqlite(path), key);
  const at = clock.now() - 1_000;
  await store.conversations.create(conversation, at);
  await store.inbox.receive(arrival("killer"), at, { by: "p1", leaseMs: 1 });
  for (let n = 2; n <= 5; n += 1) await store.inbox.claimDue(at + n * 10, 1, { by: `p${n}`, leaseMs: 1 });
  await store.close();
  const brain = { ...standInBrain(), respond: () => expect.unreachable() };
  const { said } = await engine(path, { brain });
  await until(async () => (await said()).length === 1);
  expect((await said())[0]).toContain("申し訳ありません");
});

it("takes up what a stopped process has left", async () => {
  const path = join(tempFolder(), "desk.db");
  const store = await createStores(openSqlite(path), key);
  await store.conversations.create(conversation, clock.now());
  await store.inbox.receive(arrival("left behind"), clock.now(), { by: "gone", leaseMs: 300 });
  await store.close();
  const { said } = await engine(path);
  await until(async () => (await said()).length === 2);
  expect((await said())[1]).toBe("#1 left behind");
});

it("does not read what is longer than a turn reads, and says so", async () => {
  const { store, turn, said } = await engine(join(tempFolder(), "desk.db"));
  await store.conversations.create(conversation, clock.now());
  await turn.receive(arrival("あ".repeat(MAX_TEXT)));
  await turn.receive(arrival("あ".repeat(MAX_TEXT + 1)));
  await until(async () => (await said()).length === 3);
  expect((await said())[1]).toMatch(/^#1 あ/);
  expect((await said())[2]).toContain("2000文字");
});

it("pushes through the outbox, again with the same key when the platform refuses, and once", async () => {
  const sent: string[] = [];
  let refusals = 1;
  const sender: Sender = async ({ activity, retryKey }) => {
    expect(retryKey).toBe(activity.id);
    if (refusals-- > 0) return "retry";
    if (activity.content.kind === "message") sent.push(activity.content.message.text);
    return "sent";
  };
  const { store, turn } = await engine(join(tempFolder(), "desk.db"), {
    senders: new Map([["web", sender]]),
  });
  await store.conversations.create(conversation, clock.now());
  await turn.receive(arrival("one"));
  await until(() => sent.length === 2);
  expect(sent).toEqual(["greeting jcom", "#1 one"]);
  await until(async () => (await store.outbox.counts()).waiting === 0);
});

it("82: chats that were silent for their operator's time are gone the same day, and a proof stays", async () => {
  const day = 86_400_000;
  const path = join(tempFolder(), "desk.db");
  const old = await createStores(openSqlite(path), key);
  await old.conversations.create(conversation, clock.now() - 31 * day);
  await old.conversations.create({ ...conversation, id: "c2" }, clock.now() - 29 * day);
  await old.close();
  const fresh = await engine(path, { brain: standInBrain({ chatDays: 30 }) });
  await until(async () => (await fresh.store.conversations.purgedOn()) !== undefined);
  expect(await fresh.store.conversations.find("c1")).toBeUndefined();
  expect(await fresh.store.conversations.find("c2")).toBeDefined();
  expect(await fresh.store.conversations.proofs()).toMatchObject([
    { cause: "retention", operator: "jcom", conversations: 1 },
  ]);
});
