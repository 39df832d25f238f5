import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { Chat, call } from "../support/client.ts";
import { openDesk, type TestDesk } from "../support/desk.ts";
import { measure, random, SEED } from "../support/long.ts";
import { raw, rawPost, statusOf } from "../support/raw.ts";
import { sharedFolder } from "../support/temp.ts";

let desk: TestDesk;
let chat: Chat;
const folder = sharedFolder();
beforeAll(async () => {
  desk = await openDesk({ dataDir: folder.path });
});
beforeEach(async () => {
  chat = await Chat.open(desk.url);
});
/** The control beside every refusal: the same desk answers a customer, quickly. */
afterEach(async () => {
  const began = performance.now();
  expect((await call(`${desk.url}/healthz`)).status).toBe(200);
  expect(performance.now() - began).toBeLessThan(100);
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
        const began = performance.now();
        isProblem(await post(body), [400]);
        expect(performance.now() - began).toBeLessThan(100);
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

it(`B20, B21: nothing that is thrown at any route brings out the inside (${measure(600, 20_000)} requests)`, async () => {
  console.info(`seed ${SEED}`);
  const next = random();
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const paths = [
    "/tokens/generate",
    "/tokens/refresh",
    "/conversations",
    `/conversations/${chat.id}`,
    `/conversations/${chat.id}/activities`,
    "/conversations/x/upload",
    `/conversations/${chat.id}/stream`,
    "/session/getsessionid",
    `/conversations/${chat.id}/transcript`,
    "/nothing",
  ];
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
  const tokens = [
    "",
    "Bearer",
    `Bearer ${chat.token}`,
    `Bearer ${chat.token.slice(0, -2)}`,
    "Basic eDp5",
    "Bearer eyJhbGciOiJub25lIn0.e30.",
    `bearer  ${chat.token}`,
  ];
  for (let n = 0; n < measure(600, 20_000); n += 1) {
    const method = pick(["GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "HEAD"]);
    const path = pick(paths);
    if (method === "DELETE" && path.includes(chat.id)) continue;
    const body = method === "GET" || method === "HEAD" ? undefined : pick(bodies);
    const url = `${desk.url}${pick(["/v3/directline", "/v3/directline", "/widget/jcom", ""])}${path}${pick(["", "?watermark=x", "?watermark[]=1", "?t=%00", "?%", "/"])}`;
    const headers = {
      "Content-Type": pick(["application/json", "text/plain", "application/json;charset=utf-8"]),
      Authorization: pick(tokens),
      "X-Forwarded-For": pick(["", "1.2.3.4", "x"]),
    };
    const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
    expect([response.status < 500, method, url]).toEqual([true, method, url]);
    const text = await response.text();
    expect(text).not.toMatch(INSIDE);
    if (response.status >= 400 && method !== "HEAD")
      expect(JSON.parse(text)).toMatchObject({ error: { code: expect.any(String) } });
  }
  chat = await Chat.open(desk.url);
}, 120_000);
