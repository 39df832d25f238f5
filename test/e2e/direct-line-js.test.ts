import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { call, type Granted } from "../support/client.ts";
import { openDesk, SECRET, type TestDesk } from "../support/desk.ts";
import { ConnectionStatus, connect, type Heard } from "../support/direct-line-client.ts";
import { tempFolder } from "../support/temp.ts";
import { until } from "../support/until.ts";

async function opened(changes: Partial<Parameters<typeof openDesk>[0]> = {}): Promise<TestDesk> {
  const desk = await openDesk({ dataDir: tempFolder(), ...changes });
  onTestFinished(() => desk.stop());
  return desk;
}

async function tokenOf(desk: TestDesk): Promise<Granted> {
  return (await call<Granted>(`${desk.url}/v3/directline/tokens/generate`, { method: "POST", token: SECRET }))
    .body;
}

function join(desk: TestDesk, token: string, webSocket: boolean, more: Record<string, unknown> = {}): Heard {
  const heard = connect({ domain: `${desk.url}/v3/directline`, token, webSocket, ...more });
  onTestFinished(() => heard.end());
  return heard;
}

const heardAll = (heard: Heard, count: number) => () => heard.said().length >= count;
const seen = (heard: Heard) => heard.activities.map((a) => a.text);

it.each([true, false])("token, conversation, question, cited answer (WebSocket: %s)", async (webSocket) => {
  const desk = await opened();
  const { token } = await tokenOf(desk);
  const heard = join(desk, token, webSocket);
  await until(heardAll(heard, 1), 5_000, "greeting");
  const id = await heard.post("録音は?", "first");
  await until(heardAll(heard, 2), 5_000, "answer");
  expect(seen(heard)).toEqual(["greeting jcom", "録音は?", "#1 録音は?"]);
  expect(heard.activities[1]).toMatchObject({ id, channelData: { clientActivityID: "first" } });
  expect(heard.activities[2]?.entities?.[0]?.citation?.[0]?.appearance.name).toBe("通話の録音");
  expect(heard.states).toEqual([
    ConnectionStatus.Uninitialized,
    ConnectionStatus.Connecting,
    ConnectionStatus.Online,
  ]);
});

it("the server restarts in the middle of a chat: both ways of listening go on, nothing is lost, nothing comes twice", async () => {
  const dataDir = tempFolder();
  const first = await openDesk({ dataDir });
  const [a, b] = [
    join(first, (await tokenOf(first)).token, true),
    join(first, (await tokenOf(first)).token, false),
  ];
  for (const heard of [a, b]) {
    await until(heardAll(heard, 1), 5_000, "greeting");
    await heard.post("one");
    await until(heardAll(heard, 2), 5_000, "first answer");
  }
  await first.stop();
  const port = new URL(first.url).port;
  const second = await openDesk({ dataDir, env: { PORT: port } });
  onTestFinished(() => second.stop());
  for (const heard of [a, b]) expect(await heard.post("two")).toMatch(/^[\w-]{20,}$/);
  for (const heard of [a, b]) {
    await until(heardAll(heard, 3), 15_000, "answer after the restart");
    await sleep(300);
    expect(seen(heard)).toEqual(["greeting jcom", "one", "#1 one", "two", "#2 two"]);
  }
});

it("a second tab sees the whole chat, and both see what follows", async () => {
  const desk = await opened();
  const { token, conversationId } = await tokenOf(desk);
  const first = join(desk, token, true);
  await until(heardAll(first, 1), 5_000, "greeting");
  await first.post("from the first tab");
  await until(heardAll(first, 2), 5_000, "answer");
  const second = join(desk, token, true, { conversationId, watermark: "" });
  await until(heardAll(second, 2), 5_000, "replay");
  await second.post("from the second tab");
  for (const tab of [first, second]) {
    await until(heardAll(tab, 3), 5_000, "answer in both tabs");
    expect(seen(tab)).toEqual([
      "greeting jcom",
      "from the first tab",
      "#1 from the first tab",
      "from the second tab",
      "#2 from the second tab",
    ]);
  }
});

it("a client that comes back with its watermark gets what it has missed", async () => {
  const desk = await opened();
  const { token, conversationId } = await tokenOf(desk);
  const first = join(desk, token, true);
  await until(heardAll(first, 1), 5_000, "greeting");
  first.end();
  const path = `${desk.url}/v3/directline/conversations/${conversationId}`;
  await call(`${path}/activities`, { token, json: { type: "message", text: "while away" } });
  const { body } = await call<Granted>(`${path}?watermark=1`, { token });
  const back = join(desk, body.token, true, { streamUrl: body.streamUrl, conversationId, watermark: "1" });
  await until(heardAll(back, 1), 5_000, "what was missed");
  expect(seen(back)).toEqual(["while away", "#1 while away"]);
});

it("an expired token ends the stream and is refused; a new one by resume goes on in the same chat", async () => {
  let ahead = 0;
  const clock = { now: () => Date.now() + ahead };
  const desk = await opened({ clock });
  const widget = (json: object) =>
    call<Granted & { resume: string }>(`${desk.url}/widget/jcom/token`, {
      json,
      headers: { Origin: desk.origin },
    });
  const { body } = await widget({});
  const heard = join(desk, body.token, true);
  await until(heardAll(heard, 1), 5_000, "greeting");
  ahead = 1_801_000;
  await until(() => heard.states.includes(ConnectionStatus.ExpiredToken), 10_000, "expiry");
  expect(
    (await call(`${desk.url}/v3/directline/tokens/refresh`, { method: "POST", token: body.token })).body,
  ).toMatchObject({
    error: { code: "TokenExpired" },
  });
  ahead = 30 * 3_600_000;
  const renewed = (await widget({ resume: body.resume })).body;
  expect(renewed.conversationId).toBe(body.conversationId);
  const path = `${desk.url}/v3/directline/conversations/${renewed.conversationId}`;
  const { streamUrl } = (await call<Granted>(`${path}?watermark=1`, { token: renewed.token })).body;
  heard.client.reconnect({ ...renewed, streamUrl });
  await until(() => heard.states.at(-1) === ConnectionStatus.Online, 5_000, "online again");
  await heard.post("still me");
  await until(heardAll(heard, 2), 10_000, "answer after the resume");
  expect(seen(heard)).toEqual(["greeting jcom", "still me", "#1 still me"]);
});

it("a token is refreshed up to 24 hours after the first, and no longer", async () => {
  let ahead = 0;
  const desk = await opened({ clock: { now: () => Date.now() + ahead } });
  let { token } = await tokenOf(desk);
  const refresh = () => call<Granted>(`${desk.url}/v3/directline/tokens/refresh`, { method: "POST", token });
  let refreshes = 0;
  for (; refreshes < 100; refreshes += 1) {
    ahead += 1_200_000;
    const { status, body } = await refresh();
    if (status !== 200) break;
    token = body.token;
    expect(body.expires_in).toBeLessThanOrEqual(1_800);
  }
  expect(refreshes).toBe(71);
  expect((await refresh()).status).toBe(403);
});
