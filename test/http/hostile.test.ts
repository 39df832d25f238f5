import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { Chat, call } from "../support/client.ts";
import { openDesk, productionEnv, type TestDesk } from "../support/desk.ts";
import { LONG, measure, random, SEED } from "../support/long.ts";
import { inParallel, times } from "../support/many.ts";
import { serve } from "../support/process.ts";
import { raw, rawPost, statusOf } from "../support/raw.ts";
import { sharedFolder, tempFolder } from "../support/temp.ts";
import { elsewhere } from "../support/tokens.ts";
import { workSince } from "../support/took.ts";

let desk: TestDesk;
let chat: Chat;
const folder = sharedFolder();
beforeAll(async () => {
  desk = await openDesk({ dataDir: folder.path });
});
beforeEach(async () => {
  chat = await Chat.open(desk.url);
});
/** The control beside every refusal: the same desk, which is in this thread, answers a customer, quickly. */
afterEach(async () => {
  const worked = workSince();
  expect((await call(`${desk.url}/healthz`)).status).toBe(200);
  expect(worked()).toBeLessThan(100);
  expect((await chat.say("control")).status).toBe(200);
  expect((await chat.replies(2)).at(-1)).toMatch(/control$/);
});
afterAll(async () => {
  await desk.stop();
  folder.remove();
});

const post = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
  rawPost(
    desk.url,
    new URL(`${chat.path}/activities`).pathname,
    { Authorization: `Bearer ${chat.token}`, ...headers },
    body,
  );

const INSIDE = /node_modules|node:|\.ts\b|\bat .+:\d+:\d+|sqlite|select |insert |restify|\/tmp\/|Error:/i;
function isProblem(answer: string, statuses: number[]): void {
  expect(statuses).toContain(statusOf(answer));
  expect(answer).toMatch(/\{"error":\{"code":"\w+","message":"[^"]+"\}\}$/);
  expect(answer).not.toMatch(INSIDE);
}

it("B11: hosts and targets that no router should see", async () => {
  const hosts = ["a b%%", "[::1", "x:99999", "é.example", "a/b", "a@b", "", "x".repeat(256)];
  for (const host of hosts)
    isProblem(await raw(desk.url, `GET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n`), [400]);
  const targets = [
    "http://evil.example/",
    "//evil.example",
    "/%00",
    "/%zz",
    "/a/../healthz",
    "/%2e%2e/x",
    "/a\\b",
    "/v3%2fdirectline",
    "*",
  ];
  for (const target of targets)
    isProblem(await raw(desk.url, `GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`), [400]);
  isProblem(await raw(desk.url, `GET /${"a".repeat(9_000)} HTTP/1.1\r\nHost: x\r\n\r\n`), [414, 431]);
});

it("B11, B12: headers that two servers could read differently", async () => {
  const ok = "GET /healthz HTTP/1.1\r\n";
  const cases = [
    `${ok}\r\n`,
    `${ok}Host: a\r\nHost: b\r\n\r\n`,
    `${ok}Host: a\r\nX: ${"x".repeat(17_000)}\r\n\r\n`,
    `${ok}Host: a\r\n${Array.from({ length: 150 }, (_, n) => `X-${n}: 1\r\n`).join("")}\r\n`,
    `${ok}Host: a\r\nX: a\0b\r\n\r\n`,
    `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello`,
    `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
    `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n`,
    `GARBAGE\r\n\r\n`,
  ];
  for (const bytes of cases) isProblem(await raw(desk.url, bytes), [400, 431]);
});

it("B04: bodies that are too large, lie about their size, or are packed", async () => {
  const before = process.memoryUsage().rss;
  isProblem(await post(" ".repeat(65_537)), [413]);
  isProblem(await post("{}", { "Content-Length": "1000000000" }), [413]);
  isProblem(await post("{}", { "Content-Encoding": "gzip" }), [415]);
  const chunk = `10000\r\n${"a".repeat(65_536)}\r\n`;
  const path = new URL(`${chat.path}/activities`).pathname;
  const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${chat.token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
  isProblem(await raw(desk.url, head + chunk.repeat(100)), [413]);
  expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
});

it("B04: an honest client that sends too much hears so, however it writes", async () => {
  const url = `${chat.path}/activities`;
  for (const size of [65_537, 1_000_000, 3_000_000]) {
    const { status, headers, body } = await call(url, { token: chat.token, body: "x".repeat(size) });
    expect([status, headers.get("connection"), body]).toEqual([
      413,
      "close",
      { error: { code: "TooLarge", message: "The request is too large." } },
    ]);
  }
});

it("B05: nesting, in every place", async () => {
  for (const depth of [33, 1_000, 30_000])
    for (const [open, close] of [
      ["[", "]"],
      ['{"a":', "}"],
    ] as const) {
      const deep = open.repeat(depth) + (open === "[" ? "" : "1") + close.repeat(depth);
      for (const body of [
        deep,
        `{"type":"message","text":"x","value":${deep}}`,
        `{"type":"message","channelData":${deep}}`,
      ]) {
        if (body.length > 65_536) continue;
        const worked = workSince();
        isProblem(await post(body), [400]);
        expect(worked()).toBeLessThan(100);
      }
    }
  const fine = `{"type":"message","text":"control","value":${"[".repeat(20)}${"]".repeat(20)}}`;
  expect(statusOf(await post(fine))).toBe(200);
});

it("B03, B06: bytes that are no UTF-8, no JSON, or not what they say", async () => {
  const invalid = [[0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe3, 0x81], [0xff], [0xf5, 0x80, 0x80, 0x80]];
  for (const bytes of invalid)
    isProblem(
      await post(Buffer.concat([Buffer.from('{"type":"'), Buffer.from(bytes), Buffer.from('"}')])),
      [400],
    );
  for (const text of [
    "{",
    "{} x",
    "{'a':1}",
    "// c\n{}",
    "nul",
    "NaN",
    '{"type":1}',
    "[]",
    '"x"',
    "1e999",
    "null",
    '{"type":""}',
  ])
    isProblem(await post(text), [400]);
  isProblem(await post(Buffer.from('{"type":"message"}', "utf16le")), [400]);
  isProblem(await post("{}", { "Content-Type": "text/plain" }), [415]);
  isProblem(await post("{}", { "Content-Type": "application/json; charset=shift_jis" }), [415]);
});

it("B07: prototypes cannot be reached", async () => {
  const payloads = [
    '{"__proto__":{"polluted":1},"type":"message"}',
    '{"type":"message","channelData":{"__proto__":{"polluted":1}}}',
    '{"type":"message","value":{"\\u005f_proto__":{"polluted":1}}}',
  ];
  for (const payload of payloads) isProblem(await post(payload), [400]);
  const odd =
    '{"type":"message","text":"x","value":{"constructor":{"prototype":{"polluted":1}}},"channelData":{"toString":1}}';
  expect(statusOf(await post(odd))).toBe(200);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  await chat.replies(2);
});

it("B02: text of every shape is taken, and stored well-formed", async () => {
  const shapes = [
    "\ud800",
    "\udc00x",
    "\0",
    "\uffff",
    "\u202e\u2066",
    "\u200b\u200d\ufeff",
    "e\u0301".repeat(500),
    "𠮷葛󠄀髙﨑㈱ｶﾅ",
    "😀😀",
    "{{x}} $t(y) #{z}",
  ];
  for (const text of shapes) expect((await chat.say(text)).status).toBe(200);
  await chat.replies(shapes.length + 1);
  const mine = (await chat.all()).filter((a) => a.from.role === "user").map((a) => a.text ?? "");
  expect(mine).toEqual(shapes.map((text) => text.toWellFormed()));
  chat = await Chat.open(desk.url);
});

const COUNT = measure(320, 200_000);
/** Requests with one chat's token: with more of them its limits would answer, and nothing behind them be reached. */
const EACH = 40;
const BASES = ["/v3/directline", "/v3/directline", "/v3/directline", "/v3/directline", "/widget/jcom", ""];
const ENDINGS = ["", "", "", "", "?watermark=x", "?watermark[]=1", "?t=%00", "?%", "/"];
const ACTIVITY = JSON.stringify({
  type: "message",
  text: "通話は録音されますか",
  locale: "ja-JP",
  channelData: { clientActivityID: "a-1", postBack: false },
  value: { command: "clause:call-recording" },
});

it(
  `B20, B21: nothing that is thrown at any route brings out the inside (${COUNT} requests)`,
  async () => {
    console.info(`seed ${SEED}`);
    const next = random();
    const below = (n: number) => Math.floor(next() * n);
    const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
    const served = await serve({
      ...(await productionEnv(tempFolder())),
      TRUSTED_PROXIES: "127.0.0.1",
      LOG_LEVEL: "warn",
    });
    const mutated = () => {
      let body = ACTIVITY;
      for (let n = below(4); n >= 0; n -= 1) {
        const at = below(body.length);
        const piece = pick([
          '"',
          "{",
          "[",
          "}",
          ":",
          "\\u0000",
          "0",
          "null",
          "\ud800",
          body.slice(at, at + below(20)),
        ]);
        body = body.slice(0, at) + piece + body.slice(at + below(6));
      }
      return body;
    };
    const bodies = [
      "",
      "{}",
      "[",
      '{"type":"message","text":{}}',
      '{"type":"event","name":"feedback","value":null}',
      '{"user":{"id":{"$gt":""}}}',
      "\x00",
      '{"resume":[]}',
      '{"type":"invoke","name":"message/submitAction","replyToId":"x","value":{"actionName":"feedback"}}',
    ];
    const paths = (id: string) => [
      "/tokens/generate",
      "/tokens/refresh",
      "/conversations",
      `/conversations/${id}`,
      `/conversations/${id}/activities`,
      `/conversations/${id}/activities`,
      "/conversations/x/upload",
      `/conversations/${id}/stream`,
      "/session/getsessionid",
      `/conversations/${id}/transcript`,
      "/nothing",
    ];
    const tokens = (token: string) => [
      "",
      "Bearer",
      `Bearer ${token}`,
      `Bearer ${token}`,
      `Bearer ${token.slice(0, -2)}`,
      "Basic eDp5",
      "Bearer eyJhbGciOiJub25lIn0.e30.",
      `bearer  ${token}`,
    ];
    const statuses = new Map<number, number>();
    const once = async ({ id, token }: Chat) => {
      const method = pick(["GET", "POST", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "HEAD"]);
      const path = pick(paths(id));
      if (method === "DELETE" && path.includes(id)) return;
      const body =
        method === "GET" || method === "HEAD" ? undefined : next() < 0.5 ? mutated() : pick(bodies);
      const url = `${served.url}${pick(BASES)}${path}${pick(ENDINGS)}`;
      const headers = {
        "Content-Type": pick([
          "application/json",
          "application/json",
          "text/plain",
          "application/json;charset=utf-8",
        ]),
        Authorization: pick(tokens(token)),
        "X-Forwarded-For": pick(["", "1.2.3.4", "x"]),
      };
      const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
      const text = await response.text();
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      expect([response.status < 500, method, url]).toEqual([true, method, url]);
      expect(text).not.toMatch(INSIDE);
      if (response.status >= 400 && method !== "HEAD")
        expect(JSON.parse(text)).toMatchObject({ error: { code: expect.any(String) } });
    };
    const memory = async () => {
      const { body } = await call<string>(`${served.url}/metrics`);
      return Number(/^process_resident_memory_bytes (\S+)$/m.exec(body)?.[1]) / 1_048_576;
    };
    const half = async () => {
      await inParallel(times(COUNT / 2 / EACH), 8, async () => {
        const one = await Chat.open(served.url, elsewhere());
        for (const _ of times(EACH)) await once(one);
      });
      return memory();
    };
    const [first, second] = [await half(), await half()];
    const slope = (second - first) / (COUNT / 2 / 10_000);
    console.info(
      `B20: ${COUNT} requests, answered ${JSON.stringify(Object.fromEntries(statuses))}, RSS ${first.toFixed()} MB at half, ${second.toFixed()} MB at the end`,
    );
    expect(statuses.get(200)).toBeGreaterThan(COUNT / 100);
    if (LONG) expect(slope).toBeLessThan(5);
    expect(served.child.exitCode).toBe(null);
  },
  LONG ? 900_000 : 120_000,
);
