import { afterAll, beforeAll, expect, it } from "vitest";
import { createBrain } from "../../src/turn/brain.ts";
import { Chat, call, type Shown } from "../support/client.ts";
import { openDesk, type TestDesk } from "../support/desk.ts";
import { bytesIn } from "../support/files.ts";
import { openRecords } from "../support/records.ts";
import { sharedFolder } from "../support/temp.ts";
import { until } from "../support/until.ts";
import { website } from "../support/visitor.ts";

const folder = sharedFolder();
let desk: TestDesk;
beforeAll(async () => {
  const brain = await createBrain({ publicUrl: "https://desk.example", pages: true });
  desk = await openDesk({ dataDir: folder.path, brain, website: website() });
});
afterAll(async () => {
  await desk.stop();
  folder.remove();
});

async function told(chat: Chat, text: string): Promise<string> {
  const { body } = await chat.say(text);
  let reply: Shown | undefined;
  await until(async () => {
    reply = (await chat.all()).find(({ replyToId }) => replyToId === body.id);
    return reply !== undefined;
  });
  return reply?.text ?? "";
}

it("P06: a chat deleted in words is gone, its customer hears so in the chat that begins anew, and its watermark goes on", async () => {
  const chat = await Chat.open(desk.url);
  await told(chat, "山吹色の文鎮");
  await told(chat, "このチャットを消して");
  const before = (await chat.all()).map(({ id }) => id);
  const { watermark } = (await chat.read("")).body;
  await chat.say("削除する");
  let left: Shown[] = [];
  await until(async () => {
    left = await chat.all();
    return left.length > 0 && left.every(({ id }) => !before.includes(id));
  });
  expect(left.map(({ channelData }) => channelData?.madoguchi)).toEqual([
    { kind: "notice", notice: "erased" },
  ]);
  const since = (await chat.read(watermark)).body.activities;
  expect(since.map(({ text }) => text)).toEqual([expect.stringContaining("この会話を削除しました")]);
  expect(await told(chat, "通話は録音されていますか")).toContain("録音");
  const { store } = await openRecords({ folder: folder.path, key: desk.config.dataKey });
  expect(await store.conversations.proofs()).toMatchObject([{ cause: "customer", conversations: 1 }]);
  await until(() => !bytesIn(folder.path).includes(Buffer.from("山吹色の文鎮")), 60_000, "bytes gone");
});

it("a chat's own record, asked for in words, is read on the page that is told, once", async () => {
  const chat = await Chat.open(desk.url);
  await told(chat, "通話は録音されていますか");
  const words = await told(chat, "会話の記録をください");
  const [, path = ""] = /https:\/\/desk\.example(\/transcript\/[\w-]{43}\?lang=ja)/.exec(words) ?? [];
  const first = await call<string>(`${desk.url}${path}`);
  expect(first.status).toBe(200);
  expect(first.body).not.toContain("録音されていますか");
  const [, session = ""] = /name="session" value="([\w-]+)"/.exec(first.body) ?? [];
  const open = () => fetch(`${desk.url}${path}`, { method: "POST", body: new URLSearchParams({ session }) });
  expect(await (await open()).text()).toContain("録音されていますか");
  const stranger = new URLSearchParams({ session: "x".repeat(22) });
  expect((await fetch(`${desk.url}${path}`, { method: "POST", body: stranger })).status).toBe(410);
});
