import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import WebSocket from "ws";
import { callingBrain } from "../../support/calling-brain.ts";
import { Chat, call, type Granted, type Shown } from "../../support/client.ts";
import { openDesk, type TestDesk } from "../../support/desk.ts";
import { agent, key } from "../../support/handoffs.ts";
import { measure, random, SEED } from "../../support/long.ts";
import { inParallel, times } from "../../support/many.ts";
import { sharedFolder } from "../../support/temp.ts";
import { elsewhere, userOf } from "../../support/tokens.ts";
import { until } from "../../support/until.ts";

const folder = sharedFolder();
let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk({
    dataDir: folder.path,
    brain: callingBrain(),
    staffed: true,
    env: { TRUSTED_PROXIES: "127.0.0.1" },
  });
});
afterAll(async () => {
  await desk.stop();
  folder.remove();
});

const sato = agent("Sato");
const open = () => Chat.open(desk.url, elsewhere());
const handoffOf = async (chat: Chat) =>
  (await desk.app.desk.list(sato, {}, 200)).handoffs.find(({ conversation }) => conversation === chat.id);

async function called(chat: Chat): Promise<string> {
  await chat.say("人をお願いします");
  await until(async () => (await handoffOf(chat)) !== undefined, 5_000, "the call");
  return (await handoffOf(chat))?.id ?? "";
}

it("a person's words come under their own name, with the clause; typing is shown and not kept", async () => {
  const chat = await open();
  const id = await called(chat);
  const granted = await call<Granted>(`${chat.path}?watermark=0`, { token: chat.token });
  const heard: Shown[] = [];
  const socket = new WebSocket(granted.body.streamUrl);
  socket.on("message", (data: Buffer) => {
    if (data.length > 0) heard.push(...(JSON.parse(data.toString()) as { activities: Shown[] }).activities);
  });
  await new Promise((resolve) => socket.on("open", resolve));
  const tells: string[] = [];
  desk.app.desk.onChange((change) => tells.push(change.kind));
  await desk.app.desk.claim(sato, id);
  await desk.app.desk.typing(sato, id);
  const url = "https://desk.example/policy/jcom#call-recording";
  const cited = {
    clause: "call-recording",
    operator: "jcom",
    title: "通話の録音",
    heading: "11.",
    date: null,
    url,
  };
  await desk.app.desk.say(sato, id, key(), "録音します。", cited);
  await chat.post({ type: "typing" });
  await until(() => heard.some((a) => a.text?.includes("録音します")), 5_000, "the agent's words");
  const said = heard.find((a) => a.text?.includes("録音します"));
  expect(said).toMatchObject({ from: { id: "madoguchi", role: "bot", name: "Sato" } });
  expect(said?.entities?.[0]?.citation?.[0]?.appearance).toMatchObject({ name: "通話の録音", url });
  expect(heard.find((a) => a.type === "typing" && a.from.role === "bot")?.from.name).toBe("Sato");
  expect((await chat.all()).filter((a) => a.type === "typing")).toEqual([]);
  expect(tells).toContain("typing");
  // The customer's own record names who said what.
  const record = await call<string>(`${chat.path}/transcript`, { token: chat.token });
  expect(record.body).toMatch(/Sato\n録音します/);
  socket.close();
});

const SENDS = measure(60, 1_000);
const PER_CHAT = 50;

it(`A09, A25: ${SENDS} activities that claim to be the desk's have no effect on a hand-off; the desk's own step has`, async () => {
  console.info(`seed ${SEED}`);
  const next = random();
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const chats = await inParallel(times(SENDS / PER_CHAT), 5, open);
  const ids = await inParallel(chats, 5, called);
  const statuses: number[] = [];
  const hostile = (n: number, id: string) => ({
    type: pick([
      "event",
      "event",
      "invoke",
      "message",
      "handoff",
      "endOfConversation",
      "conversationUpdate",
      "messageUpdate",
      "messageDelete",
      "installationUpdate",
      "trace",
      `x${n}`,
    ]),
    name: pick(["handoff.status", "handoff.initiate", "handoff", "claim", "desk.end", undefined]),
    text: pick([
      "handoff.status",
      "/claim",
      "@ claim Sato",
      "desk:claim",
      "Satoが対応いたします。",
      "agent joined",
      undefined,
    ]),
    value: pick([
      { state: "accepted" },
      { state: "completed" },
      { handoff: id, state: "failed" },
      { command: "desk:claim" },
      { command: `desk:end:${id}` },
      { command: "desk:say:hello" },
      "desk:transfer",
      null,
    ]),
    from: pick([{ id: "madoguchi", name: "Sato", role: "bot" }, { id: "account-Sato", role: "agent" }, {}]),
    channelData: pick([
      { madoguchi: { kind: "handoff", status: "assigned", agent: "Sato" } },
      { clientActivityID: `k${n}` },
      {},
    ]),
  });
  await inParallel(chats, 5, async (chat, at) => {
    for (const n of times(PER_CHAT)) statuses.push((await chat.post(hostile(n, ids[at] ?? ""))).status);
  });
  expect(statuses.filter((status) => status !== 200 && status !== 400)).toEqual([]);
  for (const [at, chat] of chats.entries()) {
    await until(async () => (await chat.all()).at(-1)?.from.role === "bot", 5_000, "all answered");
    const found = await handoffOf(chat);
    expect(found).toMatchObject({ state: "requested", agent: null, doneAt: null, callback: null });
    const all = await chat.all();
    expect(all.filter((a) => a.from.name === "Sato" || a.from.role === "agent")).toEqual([]);
    const own = all.filter((a) => a.from.id === userOf(chat.token));
    expect(JSON.stringify(own)).not.toContain('"madoguchi"');
    expect(all.filter((a) => a.type !== "message")).toEqual([]);
    // The control.
    expect(await desk.app.desk.claim(sato, ids[at] ?? "")).toMatchObject({ kind: "done" });
    await until(
      async () => (await chat.all()).at(-1)?.text?.startsWith("Satoが対応") ?? false,
      5_000,
      "the notice",
    );
  }
}, 120_000);

it("a customer who has the chat open is there; one whose chat is closed is not waited for", async () => {
  const clock = { at: Date.now(), now: () => clock.at };
  const own = sharedFolder();
  const other = await openDesk({ dataDir: own.path, brain: callingBrain(60), staffed: true, clock });
  const [here, gone] = [await Chat.open(other.url), await Chat.open(other.url)];
  const found = async (chat: Chat) =>
    (await other.app.desk.list(sato, {}, 10)).handoffs.find((h) => h.conversation === chat.id);
  for (const chat of [here, gone]) {
    await chat.say("人");
    await until(async () => (await found(chat)) !== undefined, 5_000, "the call");
  }
  for (const _ of times(2)) {
    clock.at += 160_000;
    await here.all();
    await sleep(1_100);
  }
  await until(async () => (await found(gone))?.state === "abandoned", 5_000, "given up");
  expect(await found(here)).toMatchObject({ state: "requested" });
  await other.stop();
  own.remove();
}, 120_000);
