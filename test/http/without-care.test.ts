import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import WebSocketClient from "ws";
import { bystander } from "../support/bystander.ts";
import { Chat, call } from "../support/client.ts";
import { productionEnv } from "../support/desk.ts";
import { LONG, measure, random, SEED } from "../support/long.ts";
import { inParallel, times } from "../support/many.ts";
import { naiveServer } from "../support/naive-server.ts";
import { openParts } from "../support/parts.ts";
import { serve } from "../support/process.ts";
import { rawPost, statusOf } from "../support/raw.ts";
import { tempFolder } from "../support/temp.ts";

/** The checks of hostile requests at their volume, each of them also on a server written without care. */
const megabytes = (bytes: number) => Math.round(bytes / 1_048_576);

/** Sends a chunked body of up to `bytes`, as fast as it is taken. What was taken, and the first answer. */
function pour(
  url: string,
  path: string,
  token: string,
  bytes: number,
): Promise<{ taken: number; status: number }> {
  const chunk = Buffer.from(`10000\r\n${"a".repeat(65_536)}\r\n`);
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let [taken, answer] = [0, ""];
    const socket = connect(Number(port), hostname);
    const more = () => {
      while (taken < bytes && !socket.destroyed) {
        taken += 65_536;
        if (!socket.write(chunk)) return void socket.once("drain", more);
      }
      if (!socket.destroyed) socket.write("0\r\n\r\n");
    };
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    socket.on("data", (data) => {
      answer += data.toString("latin1");
      if (taken >= bytes) socket.destroy();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve({ taken, status: statusOf(answer) }));
    more();
  });
}

it(`B04: of ${measure("64 MB", "1 GB")} nothing is kept, and the connection ends`, async () => {
  const bytes = measure(64, 1_024) * 1_048_576;
  const desk = await serve(await productionEnv(tempFolder()));
  const chat = await Chat.open(desk.url);
  const memory = async () => {
    const { body } = await call<string>(`${desk.url}/metrics`);
    return Number(/^process_resident_memory_bytes (\S+)$/m.exec(body)?.[1]);
  };
  const path = new URL(`${chat.path}/activities`).pathname;
  // What the first requests cost is not the body's: the process warms up on a few.
  for (const _ of [1, 2, 3]) await pour(desk.url, path, chat.token, 2_097_152);
  const before = await memory();
  const { taken, status } = await pour(desk.url, path, chat.token, bytes);
  const grown = (await memory()) - before;
  console.info(`B04: answered ${status} after ${megabytes(taken)} MB, RSS ${megabytes(grown)} MB more`);
  expect(status).toBe(413);
  expect(grown).toBeLessThan(20 * 1_048_576);
  expect((await chat.say("control")).status).toBe(200);

  const naive = await naiveServer(async () => ({}));
  const rss = process.memoryUsage().rss;
  const swallowed = await pour(naive, "/", "", 64 * 1_048_576);
  expect([swallowed.status, swallowed.taken]).toEqual([200, 64 * 1_048_576]);
  expect(process.memoryUsage().rss - rss).toBeGreaterThan(20 * 1_048_576);
}, 120_000);

type Tree = Record<string, unknown>;
/** Settings merged as they come, with whatever names they have. */
function carelessMerge(into: Tree, from: Tree): Tree {
  for (const [key, value] of Object.entries(from))
    into[key] =
      typeof value === "object" && value !== null
        ? carelessMerge((into[key] ?? {}) as Tree, value as Tree)
        : value;
  return into;
}

it(`B07: ${measure(200, 10_000)} payloads reach no prototype`, async () => {
  console.info(`seed ${SEED}`);
  const next = random();
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const evil = [
    '"__proto__":{"polluted":1}',
    '"\\u005f_proto__":{"polluted":1}',
    '"constructor":{"prototype":{"polluted":1}}',
    '"__proto__.polluted":1',
    '"__proto__[polluted]":1',
  ];
  const payload = () =>
    pick([
      (e: string) => `{"type":"message","text":"x",${e}}`,
      (e: string) => `{"type":"message","text":"x","channelData":{${e}}}`,
      (e: string) => `{"type":"message","text":"x","value":{"a":[{${e}}]}}`,
      (e: string) => `{"type":"event","name":"feedback","value":{${e}}}`,
      (e: string) => `{"type":"message","text":"x","locale":"ja","entities":[{${e}}]}`,
    ])(pick(evil));
  const polluted = () => (({}) as Record<string, unknown>).polluted !== undefined;
  const desk = await openParts();
  const count = measure(200, 10_000);
  const chats = await inParallel(times(Math.ceil(count / 50)), 20, (n) =>
    Chat.open(desk.url, { "X-Forwarded-For": `10.9.${n >> 8}.${n & 255}` }),
  );
  const nothing = (await call(`${desk.url}/nowhere`)).body;
  const statuses = await inParallel(times(count), 10, async (n) => {
    const chat = chats[n % chats.length] as Chat;
    const query = pick(["", "?__proto__[polluted]=1", "?constructor.prototype.polluted=1"]);
    const { status } = await call(`${chat.path}/activities${query}`, { token: chat.token, body: payload() });
    return status;
  });
  console.info(`B07: ${statuses.filter((s) => s >= 500).length}/${count} x 5xx`);
  expect(statuses.filter((s) => s !== 200 && s !== 400)).toEqual([]);
  expect(polluted()).toBe(false);
  expect((await call(`${desk.url}/nowhere`)).body).toEqual(nothing);

  carelessMerge({}, JSON.parse('{"__proto__":{"polluted":1}}') as Tree);
  const found = polluted();
  Reflect.deleteProperty(Object.prototype, "polluted");
  expect(found).toBe(true);
}, 120_000);

it("B10: frames that a careless server goes on reading end the stream here", async () => {
  const misbehaviours: [string, (socket: WebSocketClient) => void][] = [
    ["a frame of 64 KiB and one byte", (s) => s.send("x".repeat(65_537))],
    ["text that is no UTF-8", (s) => s.send(Buffer.from([0xff]), { binary: false })],
    [
      "pings",
      (s) => {
        for (const _ of times(measure(500, 10_000))) s.ping();
      },
    ],
    [
      "fragments",
      (s) => {
        for (const _ of times(measure(500, 100_000))) s.send("x", { fin: false });
      },
    ],
  ];
  const survivors = async (open: () => Promise<string>) => {
    const alive = await inParallel(misbehaviours, 4, async ([name, misbehave]) => {
      const socket = new WebSocketClient(await open());
      socket.on("error", () => {});
      await new Promise((resolve) => socket.once("open", resolve));
      const closed = new Promise<boolean>((resolve) => socket.once("close", () => resolve(true)));
      misbehave(socket);
      const patience = new Promise<boolean>((resolve) => setTimeout(resolve, 2_000, false));
      const ended = await Promise.race([closed, patience]);
      socket.terminate();
      return ended ? [] : [name];
    });
    return alive.flat();
  };
  const desk = await openParts();
  const chat = await Chat.open(desk.url);
  const before = process.memoryUsage().rss;
  expect(await survivors(async () => (await chat.start()).body.streamUrl)).toEqual([]);
  console.info(`B10: RSS ${megabytes(process.memoryUsage().rss - before)} MB more, the sender's included`);
  expect((await chat.say("control")).status).toBe(200);
  const naive = (await naiveServer()).replace("http", "ws");
  expect(await survivors(async () => naive)).toEqual(misbehaviours.map(([name]) => name));
}, 120_000);

/** Twice a wait that nobody notices is no harm. */
const NOTICEABLE_MS = 25;

/** Peers that drip a byte of a header or of a body; how long each was borne, `limitMs` at most. */
async function borne(url: string, peers: number, head: string, limitMs: number): Promise<number[]> {
  const { hostname, port } = new URL(url);
  return inParallel(times(peers), peers, async (n) => {
    await new Promise((resolve) => setTimeout(resolve, n));
    const began = performance.now();
    const socket = connect(Number(port), hostname, () => socket.write(head));
    const drip = setInterval(() => socket.write("a"), 1_000);
    await new Promise((resolve) => {
      socket.on("error", () => {});
      socket.resume().on("close", resolve);
      setTimeout(resolve, limitMs);
    });
    clearInterval(drip);
    socket.destroy();
    return performance.now() - began;
  });
}

it(`B09: ${measure(20, 5_000)} slow peers are cut off, and nobody else waits for them; a careless server bears them`, async () => {
  const headers = "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ";
  const desk = await serve(await productionEnv(tempFolder()));
  const chat = await Chat.open(desk.url);
  const other = bystander(chat);
  await sleep(measure(1_000, 5_000));
  const alone = await other.p95();
  const path = new URL(`${chat.path}/activities`).pathname;
  const body = `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${chat.token}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`;
  const [slow, bodies, careless] = await Promise.all([
    borne(desk.url, measure(20, 5_000), headers, 20_000),
    LONG ? borne(desk.url, 500, body, 40_000) : [],
    borne(await naiveServer(), 3, headers, 13_000),
  ]);
  const beside = await other.p95();
  console.info(
    `B09: ${slow.length} slow headers cut after ${Math.round(Math.max(...slow))} ms at most, ${bodies.length} slow bodies after ${Math.round(Math.max(0, ...bodies))} ms; p95 beside them ${beside.toFixed(1)} ms, alone ${alone.toFixed(1)} ms`,
  );
  expect(Math.max(...slow)).toBeLessThan(measure(13_000, 16_000));
  expect(Math.max(0, ...bodies)).toBeLessThan(33_000);
  expect(Math.min(...careless)).toBeGreaterThan(12_500);
  expect(beside).toBeLessThan(Math.max(2 * alone, NOTICEABLE_MS));
  expect((await chat.say("control")).status).toBe(200);
}, 120_000);

it("B03: bytes that are no UTF-8, wherever a body may hold them", async () => {
  const desk = await openParts();
  const next = random();
  const count = measure(50, 2_000);
  const chats = await inParallel(times(Math.ceil(count / 50)), 20, (n) =>
    Chat.open(desk.url, { "X-Forwarded-For": `10.8.0.${n}` }),
  );
  const bad = [[0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe3, 0x81], [0xff], [0xf5, 0x80, 0x80, 0x80], [0x80]];
  const statuses = await inParallel(times(count), 10, async (n) => {
    const chat = chats[n % chats.length] as Chat;
    const fine = Buffer.from('{"type":"message","text":"xxxx","channelData":{"clientActivityID":"y"}}');
    const at = 2 + Math.floor(next() * (fine.length - 4));
    const body = Buffer.concat([
      fine.subarray(0, at),
      Buffer.from(bad[Math.floor(next() * bad.length)] ?? []),
      fine.subarray(at),
    ]);
    const path = new URL(`${chat.path}/activities`).pathname;
    return statusOf(await rawPost(desk.url, path, { Authorization: `Bearer ${chat.token}` }, body));
  });
  console.info(`B03: ${statuses.filter((s) => s === 400).length}/${count} answered 400`);
  expect(statuses.every((s) => s === 400)).toBe(true);
  expect((await (chats[0] as Chat).say("control")).status).toBe(200);
}, 120_000);
