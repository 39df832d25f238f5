import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Message } from "../../src/reply/message.ts";
import type { Brain } from "../../src/turn/talk.ts";
import { Chat, call, type Shown } from "../support/client.ts";
import { openDesk, type TestDesk } from "../support/desk.ts";
import { standInBrain } from "../support/stand-in-brain.ts";
import { sharedFolder } from "../support/temp.ts";
import { until } from "../support/until.ts";

/** Hears without saying back. Fails on "slow" while held, so that the words stand as typed; always on "never". */
const heard: string[] = [];
let held = false;
function quietBrain(): Brain {
  const brain = standInBrain();
  return {
    ...brain,
    respond(_, talk, { text = "" }) {
      if (text.includes("never") || (text.includes("slow") && held)) throw new Error(text);
      heard.push(text);
      const message: Message = { locale: talk.locale, text: "ok", choices: [], words: { kind: "notice" } };
      const asked = text.includes("asked") ? { asked: ["telephone"] as const } : {};
      return { talk, messages: [message], ...asked };
    },
  };
}

const folder = sharedFolder();
let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk({ dataDir: folder.path, brain: quietBrain(), env: { LOG_LEVEL: "debug" } });
});
afterAll(async () => {
  await desk.stop();
  folder.remove();
});

const mine = (activities: readonly Shown[]) => activities.filter((a) => a.from.role === "user");

it("81: keeps the masked line under the same id, in the same place, and tells the customer what was blacked out", async () => {
  const chat = await Chat.open(desk.url);
  const posted = {
    type: "message",
    text: "録音を消して。090-1234-5678、taro@example.com",
    value: { note: "カード 4111111111111111", number: 4111111111111111 },
    channelData: { clientActivityID: "090-1234-5678" },
  };
  const { body } = await chat.post(posted);
  const [, reply] = await chat.replies(2);
  expect(heard.at(-1)).toBe(posted.text);
  expect(reply).toBe(
    "ok\n\nなお、お書きいただいたクレジットカード番号、電話番号、メールアドレスは、記録に残らないように伏せ字にしました。この窓口では必要ありませんので、お書きにならなくて大丈夫です。",
  );
  const all = await chat.all();
  expect(all.map((a) => a.from.role)).toEqual(["bot", "user", "bot"]);
  expect(all[1]).toMatchObject({
    id: body.id,
    text: "録音を消して。***-****-****、****@*******.***",
    value: { note: "カード ****************", number: "****************" },
    channelData: { clientActivityID: "090-1234-5678" },
  });
  expect(all[2]?.replyToId).toBe(body.id);
  await chat.say("もう一度");
  expect((await chat.replies(3))[2]).toBe("ok");
});

it("81: says so in the customer's language, and says nothing of our own numbers", async () => {
  const chat = await Chat.open(desk.url);
  const english = new Chat(desk.url, { conversationId: chat.id, token: chat.token });
  await english.say("03-9999-0000");
  expect((await english.replies(2))[1]).toBe("ok");
  const { body } = await call<{ token: string; conversationId: string }>(`${desk.url}/widget/jcom/token`, {
    json: {},
    headers: { Origin: desk.origin },
  });
  const other = new Chat(desk.url, body);
  await other.start("en-US");
  await other.say("call me at 090-1234-5678");
  expect((await other.replies(2))[1]).toBe(
    "ok\n\nTo protect you, these have been blacked out in your message: telephone number. Nothing like that is needed here.",
  );
});

it("81: gives the masked line again to who has the typed one, by stream and by polling, and loses nothing between", async () => {
  const chat = await Chat.open(desk.url);
  const ws = new WebSocket((await chat.start()).body.streamUrl);
  const streamed: Shown[] = [];
  ws.addEventListener("message", ({ data }) => {
    if (data !== "") streamed.push(...(JSON.parse(String(data)).activities as Shown[]));
  });
  await until(() => streamed.length === 1);
  const typed = ["slow 090-1234-5678", "two", "slow 080-1234-5678", "four"];
  const ids = [];
  held = true;
  for (const text of typed) ids.push((await chat.say(text)).body.id);
  const before = await chat.read("");
  expect(mine(before.body.activities)[0]?.text).toBe(typed[0]);
  held = false;
  await chat.replies(5);
  const after = await chat.read(before.body.watermark);
  const masked = ["slow ***-****-****", "two", "slow ***-****-****", "four"];
  // A client that upserts by id, as Web Chat does, ends with the masked lines.
  const shown = (activities: readonly Shown[]) => [...new Map(mine(activities).map((a) => [a.id, a.text]))];
  const expected = ids.map((id, i) => [id, masked[i]]);
  expect(shown([...before.body.activities, ...after.body.activities])).toEqual(expected);
  await until(() => new Set(streamed.map((a) => a.id)).size === 9);
  expect(shown(streamed)).toEqual(expected);
  expect(streamed.filter((a) => a.from.role === "bot")).toHaveLength(5);
  const last = await chat.read(after.body.watermark);
  expect(last.body.activities).toEqual([]);
  ws.close();
});

it("81: blacks out what could not be answered, too", async () => {
  const chat = await Chat.open(desk.url);
  await chat.say("never 123456789018");
  const [, reply] = await chat.replies(2, 10_000);
  expect(reply).toContain("マイナンバー");
  await sleep(500);
  expect(mine(await chat.all())[0]?.text).toBe("never ************");
});

it("P08: keeps the number that was asked for", async () => {
  const chat = await Chat.open(desk.url);
  await chat.say("asked 090-1234-5678 and 123456789018");
  await chat.replies(2);
  expect(mine(await chat.all())[0]?.text).toBe("asked 090-1234-5678 and ************");
});

it("81: no number reaches the download, a feedback's reason, the log or the metrics", async () => {
  const chat = await Chat.open(desk.url);
  await chat.say("私は090-8765-4321です");
  await chat.replies(2);
  const [greeting] = await chat.all();
  const value = { rating: "down", activityId: greeting?.id, reason: "090-8765-4321に電話して" };
  for (const _ of [1, 2]) await chat.post({ type: "event", name: "feedback", value });
  await sleep(50);
  const places = await Promise.all([
    call<string>(`${chat.path}/transcript`, { token: chat.token }),
    call(`${chat.path}/transcript?format=json`, { token: chat.token }),
    call<string>(`${desk.url}/metrics`),
  ]);
  const all = [...places.map((p) => JSON.stringify(p.body)), desk.lines.join("\n")];
  for (const place of all) expect(place).not.toMatch(/8765-?4321/);
  expect(all[0]).toContain("***-****-****");
  expect(JSON.parse(all[1] ?? "").feedback).toEqual([
    { activityId: greeting?.id, rating: "down", reason: "***-****-****に電話して" },
  ]);
});
