import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { createStores } from "../../src/storage/store.ts";
import { Chat, call, type Shown } from "../support/client.ts";
import { openDesk, type TestDesk } from "../support/desk.ts";
import { bytesIn } from "../support/files.ts";
import { sharedFolder } from "../support/temp.ts";
import { until } from "../support/until.ts";

const folder = sharedFolder();
let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk({ dataDir: folder.path });
});
afterAll(async () => {
  await desk.stop();
  folder.remove();
});

const file = () => join(folder.path, "madoguchi.db");

/** Every sealed value of a chat, as it stands in the file. */
function sealedOf(id: string): Buffer[] {
  const db = new DatabaseSync(file(), { readOnly: true });
  const rows = [
    ...db.prepare("select body from activity where conversation_id = ?").all(id),
    ...db.prepare("select body from feedback where conversation_id = ?").all(id),
    ...db.prepare("select customer as body from conversation where id = ?").all(id),
    ...db.prepare("select talk as body from conversation where id = ?").all(id),
  ];
  db.close();
  return rows.map((row) => Buffer.from(row.body as Uint8Array));
}

function proofs(): unknown[] {
  const db = new DatabaseSync(file(), { readOnly: true });
  const found = db.prepare("select cause, conversations, activities from proof").all();
  db.close();
  return found.map((row) => ({ ...row }));
}

const erase = (chat: Chat) => call(chat.path, { method: "DELETE", token: chat.token });
const rate = (chat: Chat, activityId: string | undefined, rating: string, reason: string | null) =>
  chat.post({ type: "event", name: "feedback", value: { activityId, rating, reason } });

it("P06: a deleted chat's bytes are gone within a minute, also while somebody reads; a proof stays; twice is once", async () => {
  const [chat, other] = [await Chat.open(desk.url), await Chat.open(desk.url)];
  for (const each of [chat, other]) {
    await each.say("planted words");
    await each.replies(2);
    await rate(each, (await each.all())[0]?.id, "down", "planted reason");
  }
  const [gone, kept] = [sealedOf(chat.id), sealedOf(other.id)];
  expect(gone.length).toBe(6);
  // A reader of another process holds an old state of the log.
  const reader = new DatabaseSync(file());
  reader.exec("begin");
  reader.prepare("select count(*) from activity").get();
  const began = performance.now();
  const answers = Promise.all([erase(chat), erase(chat)]);
  await until(async () => (await chat.read("")).status === 404, 5_000, "not to be seen any more");
  expect(bytesIn(folder.path).includes(gone[0] as Buffer)).toBe(true);
  setTimeout(() => reader.close(), 500);
  expect((await answers).map((a) => a.status).sort((a, b) => a - b)).toEqual([204, 404]);
  await until(() => gone.every((value) => !bytesIn(folder.path).includes(value)), 60_000, "bytes gone");
  expect(performance.now() - began).toBeLessThan(60_000);
  expect((await erase(chat)).status).toBe(404);
  expect(proofs()).toEqual([{ cause: "customer", conversations: 1, activities: 3 }]);
  expect(kept.filter((value) => !bytesIn(folder.path).includes(value))).toEqual([]);
  expect((await other.all()).map(({ type }) => type)).toEqual(["message", "message", "message", "event"]);
});

it("P06: what a killed process has deleted leaves the log soon after the next start", async () => {
  const chat = await Chat.open(desk.url);
  await chat.say("planted words");
  await chat.replies(2);
  const gone = sealedOf(chat.id);
  // As if the process had ended between the deletion and the compaction.
  const database = openSqlite(file());
  const store = await createStores({ ...database, compact: async () => {} }, desk.config.dataKey);
  await store.conversations.erase(chat.id, Date.now());
  expect(gone.some((value) => bytesIn(folder.path).includes(value))).toBe(true);
  await store.close();
  await desk.stop();
  desk = await openDesk({ dataDir: folder.path });
  await until(() => gone.every((value) => !bytesIn(folder.path).includes(value)), 10_000, "bytes gone");
});

it("83: one's own transcript is complete, and only one's own", async () => {
  const [mine, theirs] = [await Chat.open(desk.url), await Chat.open(desk.url)];
  const words = (name: string) => Array.from({ length: 25 }, (_, n) => `${name} ${n}`);
  for (let n = 0; n < 25; n += 1)
    await Promise.all([mine.say(words("mine")[n] ?? ""), theirs.say(words("theirs")[n] ?? "")]);
  await mine.replies(26);
  await theirs.replies(26);
  const all = await mine.all();
  await rate(mine, all[0]?.id, "up", "helpful");
  const get = (format: string) => call<string>(`${mine.path}/transcript${format}`, { token: mine.token });
  const json = (await get("?format=json")).body as unknown as { activities: Shown[]; feedback: object[] };
  expect(json.activities).toEqual(all);
  expect(json.activities.filter((a) => a.from.role === "user").map((a) => a.text)).toEqual(words("mine"));
  expect(json.feedback).toEqual([{ activityId: all[0]?.id, rating: "up", reason: "helpful" }]);
  const text = (await get("")).body;
  for (const line of words("mine")) expect(text).toContain(`お客さま\n${line}\n`);
  for (const body of [JSON.stringify(json), text]) {
    expect(body).not.toContain("theirs");
    expect(body).not.toContain(theirs.id);
  }
  expect((await call(`${theirs.path}/transcript`, { token: mine.token })).status).toBe(403);
});

it("81: feedback said again and again is one, its reason is sealed, and none outlives its chat", async () => {
  const chat = await Chat.open(desk.url);
  const about = (await chat.all())[0]?.id;
  for (const _ of [1, 2, 3]) await rate(chat, about, "up", null);
  for (const _ of [1, 2, 3]) expect((await rate(chat, about, "down", "planted reason")).status).toBe(200);
  const rows = () => {
    const db = new DatabaseSync(file(), { readOnly: true });
    const found = db.prepare("select body from feedback where conversation_id = ?").all(chat.id);
    db.close();
    return found;
  };
  expect(rows()).toHaveLength(1);
  expect(bytesIn(folder.path).includes(Buffer.from("planted reason"))).toBe(false);
  const store = await createStores(openSqlite(file()), desk.config.dataKey);
  const found = await store.conversations.find(chat.id);
  if (!found) throw new Error("no chat");
  expect(await store.feedbacks.all(found)).toEqual([
    { activityId: about, rating: "down", reason: "planted reason" },
  ]);
  await erase(chat);
  expect(await store.feedbacks.put(found, { activityId: "late", rating: "up", reason: "late" }, 0)).toBe(
    false,
  );
  expect(rows()).toEqual([]);
  await store.close();
});
