import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { Chat, call } from "../support/client.ts";
import { productionEnv } from "../support/desk.ts";
import { LONG, measure, random, SEED } from "../support/long.ts";
import { type DeskProcess, ready, serve, start } from "../support/process.ts";
import { talkers } from "../support/talkers.ts";
import { tempFolder } from "../support/temp.ts";

const KILLS = measure(4, 50);
const CHATS = 20;

it(
  `R01: kill -9 under load, ${KILLS} times: nothing acknowledged is lost, nothing is answered twice, order holds`,
  async () => {
    console.info(`seed ${SEED}`);
    const next = random();
    const folder = tempFolder();
    const env = { ...(await productionEnv(folder)), LOG_LEVEL: "warn" };
    let desk = await serve(env);
    const crowd = await talkers(desk.url, CHATS);
    const recoveries: number[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      await sleep(100 + next() * 400);
      await desk.end("SIGKILL");
      const began = performance.now();
      desk = start("test/support/serve.ts", env) as DeskProcess;
      await ready(desk);
      recoveries.push(performance.now() - began);
    }
    await sleep(200);
    const total = await crowd.stop();
    expect(await crowd.complaints()).toEqual([]);
    await desk.end("SIGTERM");
    const db = new DatabaseSync(join(folder, "madoguchi.db"));
    expect(db.prepare("pragma integrity_check").get()).toEqual({ integrity_check: "ok" });
    db.close();
    expect(total).toBeGreaterThan(CHATS * 2);
    const p95 = recoveries.sort((a, b) => a - b)[Math.floor(recoveries.length * 0.95)] ?? 0;
    console.info(`${KILLS} kills, ${total} acknowledged messages, ready again p95 ${Math.round(p95)} ms`);
    expect(p95).toBeLessThan(5_000);
  },
  LONG ? 300_000 : 60_000,
);

it("R14: SIGTERM ends what runs, says 1012 to streams, refuses what is new, and exits with 0", async () => {
  const env = await productionEnv(tempFolder());
  const desk = await serve(env);
  const chats = await Promise.all(Array.from({ length: 10 }, () => Chat.open(desk.url)));
  const { body } = await (chats[0] as Chat).start();
  const ws = new WebSocket(body.streamUrl);
  await new Promise((resolve) => ws.addEventListener("open", resolve));
  const closed = new Promise<number>((resolve) =>
    ws.addEventListener("close", (event) => resolve(event.code)),
  );
  const posts = chats.map((chat) => chat.say("in flight", "in-flight").catch(() => undefined));
  await sleep(5);
  const began = performance.now();
  const ended = desk.end("SIGTERM");
  expect(await closed).toBe(1012);
  expect(await ended).toBe(0);
  expect(performance.now() - began).toBeLessThan(15_000);
  const acknowledged = await Promise.all(posts);
  await serve(env);
  for (const [i, chat] of chats.entries()) {
    if (acknowledged[i]?.status !== 200) continue;
    expect(await chat.replies(2)).toEqual(["greeting jcom", "#1 in flight"]);
  }
});

it("two processes on one file: a chat goes on in either of them, also while it is listened to in the other", async () => {
  const folder = tempFolder();
  const [one, two] = [await serve(await productionEnv(folder)), await serve(await productionEnv(folder))];
  const chat = await Chat.open(one.url);
  const there = new Chat(two.url, { conversationId: chat.id, token: chat.token });
  const { body } = await there.start();
  const frames: string[] = [];
  const ws = new WebSocket(body.streamUrl);
  ws.addEventListener("message", (event) => frames.push(String(event.data)));
  for (let n = 1; n <= 10; n += 1) await (n % 2 ? chat : there).say(`m${n}`);
  const expected = ["greeting jcom", ...Array.from({ length: 10 }, (_, n) => `#${n + 1} m${n + 1}`)];
  expect(await chat.replies(11)).toEqual(expected);
  await sleep(300);
  const streamed = frames.filter((f) => f !== "").flatMap((f) => JSON.parse(f).activities);
  expect(streamed.filter((a) => a.from.role === "bot").map((a) => a.text)).toEqual(expected);
  await call(chat.path, { method: "DELETE", token: chat.token });
  const ended = new Promise<number>((resolve) =>
    ws.addEventListener("close", (event) => resolve(event.code)),
  );
  expect(await ended).toBe(1000);
});
