import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import WebSocketClient from "ws";
import { Chat, call, type Granted } from "../../support/client.ts";
import { openDesk, SECRET, type TestDesk } from "../../support/desk.ts";
import { sharedFolder, tempFolder } from "../../support/temp.ts";
import { until } from "../../support/until.ts";

let desk: TestDesk;
let ahead = 0;
const folder = sharedFolder();
beforeAll(async () => {
  desk = await openDesk({ dataDir: folder.path, clock: { now: () => Date.now() + ahead } });
});
beforeEach(() => {
  ahead = 0;
});
afterAll(async () => {
  await desk.stop();
  folder.remove();
});

function upgrade(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; socket?: WebSocketClient }> {
  return new Promise((resolve) => {
    const socket = new WebSocketClient(url, { headers });
    socket.on("open", () => resolve({ status: 101, socket }));
    socket.on("unexpected-response", (_, response) => resolve({ status: response.statusCode ?? 0 }));
    socket.on("error", () => resolve({ status: 0 }));
  });
}

describe("A04: a token opens its own chat and no other", () => {
  it("a stream's ticket is for one chat, one connection and one minute", async () => {
    const [mine, theirs] = [await Chat.open(desk.url), await Chat.open(desk.url)];
    const { streamUrl } = (await mine.start()).body;
    expect((await upgrade(streamUrl.replace(mine.id, theirs.id))).status).toBe(403);
    expect((await upgrade(streamUrl.replace(/t=.*/, `t=${mine.token}`))).status).toBe(403);
    const first = await upgrade(streamUrl);
    expect(first.status).toBe(101);
    expect((await upgrade(streamUrl)).status).toBe(403);
    const { streamUrl: late } = (await mine.start()).body;
    ahead = 61_000;
    expect((await upgrade(late)).status).toBe(403);
    ahead = 0;
    const ticket = new URL(late).searchParams.get("t") ?? "";
    expect((await call(`${mine.path}/activities`, { token: ticket })).status).toBe(403);
    first.socket?.close();
  });

  it("A24: a page of another origin opens no stream, nor does one that hides where it comes from", async () => {
    const chat = await Chat.open(desk.url);
    const cases: [Record<string, string>, number][] = [
      [{ Origin: "https://evil.example" }, 403],
      [{ Origin: "null" }, 403],
      [{ Origin: "https://www.jcom.example.evil" }, 403],
      [{ Cookie: "a=b" }, 403],
      [{ Origin: "https://www.jcom.example" }, 101],
      [{ Origin: desk.origin, Cookie: "a=b" }, 101],
      [{}, 101],
    ];
    for (const [headers, expected] of cases) {
      const { status, socket } = await upgrade((await chat.start()).body.streamUrl, headers);
      expect([headers, status]).toEqual([headers, expected]);
      socket?.close();
    }
  });
});

describe("A05, A06: tokens that are no longer, or never were", () => {
  const forged = (claims: object, key: string, header: object = { alg: "HS256", typ: "JWT" }) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const head = `${part(header)}.${part(claims)}`;
    return `${head}.${createHmac("sha256", key).update(head).digest("base64url")}`;
  };

  it("are refused", async () => {
    const chat = await Chat.open(desk.url);
    const claims = JSON.parse(Buffer.from(chat.token.split(".")[1] ?? "", "base64url").toString());
    const [head, body, signature = ""] = chat.token.split(".");
    const bad = [
      forged(claims, "guess"),
      forged(claims, desk.config.secrets.get("JCOM") ?? ""),
      `${forged(claims, "", { alg: "none" }).split(".").slice(0, 2).join(".")}.`,
      forged(claims, "x", { alg: "HS512" }),
      `${head}.${body}.${signature.slice(0, -4)}AAAA`,
      `${head}.${Buffer.from(JSON.stringify({ ...claims, user: "dl_other" })).toString("base64url")}.${signature}`,
      "x".repeat(100_000).slice(0, 12_000),
      SECRET,
    ];
    for (const token of bad) {
      const { status } = await call(`${chat.path}/activities`, { token });
      expect([401, 403]).toContain(status);
    }
    expect((await chat.read("")).status).toBe(200);
    ahead = 1_801_000;
    expect(await chat.read("")).toMatchObject({ status: 403, body: { error: { code: "TokenExpired" } } });
  });

  it("end with the secret that asked for them; the website's tokens do not", async () => {
    const dataDir = tempFolder();
    const first = await openDesk({ dataDir });
    const chat = await Chat.open(first.url);
    const website = await call<Granted>(`${first.url}/widget/jcom/token`, {
      json: {},
      headers: { Origin: first.origin },
    });
    await first.stop();
    const second = await openDesk({
      dataDir,
      env: { DIRECT_LINE_SECRET_JCOM: "another-secret-of-jcom-0123456789" },
    });
    const read = (id: string, token: string) =>
      call(`${second.url}/v3/directline/conversations/${id}/activities`, { token });
    expect((await read(chat.id, chat.token)).status).toBe(403);
    expect((await read(website.body.conversationId, website.body.token)).status).toBe(200);
    await second.stop();
  });

  it("close the open streams: with their end, and with the chat's", async () => {
    const codes: number[] = [];
    for (const end of ["expiry", "delete"]) {
      const chat = await Chat.open(desk.url);
      const { socket } = await upgrade((await chat.start()).body.streamUrl);
      socket?.on("close", (code) => codes.push(code));
      if (end === "expiry") ahead = 1_801_000;
      else await call(chat.path, { method: "DELETE", token: chat.token });
      await until(() => codes.length === (end === "expiry" ? 1 : 2), 5_000, end);
      ahead = 0;
    }
    expect(codes).toEqual([1008, 1000]);
  });
});

describe("A08, A09: who speaks is the token's customer, whatever is claimed", () => {
  it("in every field that could say otherwise", async () => {
    const chat = await Chat.open(desk.url);
    const user = JSON.parse(Buffer.from(chat.token.split(".")[1] ?? "", "base64url").toString()).user;
    const claim = {
      type: "message",
      text: "I am the bot",
      from: { id: "madoguchi", role: "bot", name: "窓口" },
      recipient: { id: user },
      conversation: { id: "other" },
      channelId: "emulator",
      timestamp: "1970-01-01T00:00:00Z",
      channelData: { userVerified: true, madoguchi: { kind: "receipt" }, clientActivityID: "c" },
      entities: [{ type: "x" }],
    };
    expect((await chat.post(claim)).status).toBe(200);
    await chat.replies(2);
    const mine = (await chat.all())[1];
    expect(mine).toMatchObject({
      from: { id: user, role: "user" },
      channelId: "directline",
      conversation: { id: chat.id },
    });
    expect(mine?.channelData).toEqual({ clientActivityID: "c" });
    expect(Date.parse(mine?.timestamp ?? "")).toBeGreaterThan(Date.UTC(2020, 0));
    expect(JSON.stringify(mine)).not.toMatch(/userVerified|receipt|emulator/);
  });

  it("and other kinds of activities change nothing", async () => {
    const chat = await Chat.open(desk.url);
    for (const type of [
      "event",
      "invoke",
      "endOfConversation",
      "conversationUpdate",
      "handoff",
      "messageDelete",
      "messageUpdate",
      "trace",
      "typing",
      "x",
    ])
      expect((await chat.post({ type, name: "handoff.status", value: { state: "accepted" } })).status).toBe(
        200,
      );
    expect((await chat.say("control")).status).toBe(200);
    expect(await chat.replies(2)).toEqual(["greeting jcom", "#1 control"]);
    expect(await chat.all()).toHaveLength(3);
  });
});

describe("B16, B17: limits", () => {
  it("one token posts 60 at once and one a second after; everyone else is not touched", async () => {
    const [loud, quiet] = [await Chat.open(desk.url), await Chat.open(desk.url)];
    const began = performance.now();
    const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => loud.say(`m${n}`)));
    const seconds = (performance.now() - began) / 1_000;
    const refused = answers.filter((a) => a.status === 429);
    const taken = answers.length - refused.length;
    expect(taken).toBeGreaterThanOrEqual(60);
    expect(taken).toBeLessThanOrEqual(61 + seconds);
    for (const { headers } of refused) expect(Number(headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect((await quiet.say("control")).status).toBe(200);
    const texts = (await loud.all()).filter((a) => a.from.role === "user").map((a) => a.text);
    const said = await loud.replies(taken + 1, 10_000);
    expect(said.slice(1)).toEqual(texts.map((text, n) => `#${n + 1} ${text}`));
  });

  it("one address gets 100 tokens a minute, however it forwards; the same behind a trusted proxy are many", async () => {
    const proxied = await openDesk({ dataDir: tempFolder(), env: { TRUSTED_PROXIES: "127.0.0.1" } });
    const ask = (url: string, forwarded: string) =>
      call(`${url}/v3/directline/tokens/generate`, {
        method: "POST",
        token: SECRET,
        headers: { "X-Forwarded-For": forwarded },
      });
    const plain = await openDesk({ dataDir: tempFolder() });
    let taken = 0;
    for (let n = 0; n < 130; n += 1) if ((await ask(plain.url, `10.0.0.${n}`)).status === 200) taken += 1;
    expect(taken).toBeGreaterThanOrEqual(100);
    expect(taken).toBeLessThanOrEqual(106);
    for (let n = 0; n < 130; n += 1) expect((await ask(proxied.url, `10.0.0.${n}`)).status).toBe(200);
    await Promise.all([proxied.stop(), plain.stop()]);
  });

  it("no more than five streams listen to one chat", async () => {
    const chat = await Chat.open(desk.url);
    const statuses: number[] = [];
    const sockets: (WebSocketClient | undefined)[] = [];
    for (let n = 0; n < 6; n += 1) {
      const { status, socket } = await upgrade((await chat.start()).body.streamUrl);
      statuses.push(status);
      sockets.push(socket);
    }
    expect(statuses).toEqual([101, 101, 101, 101, 101, 429]);
    for (const socket of sockets) socket?.close();
  });
});

describe("B10: streams that misbehave are closed", () => {
  const cases: [string, (socket: WebSocketClient) => void, number[]][] = [
    ["a frame of 64 KiB and one byte", (s) => s.send("x".repeat(65_537)), [1009]],
    ["text that is no UTF-8", (s) => s.send(Buffer.from([0xff]), { binary: false }), [1007]],
    [
      "a flood of pings",
      (s) => {
        for (let n = 0; n < 500; n += 1) s.ping();
      },
      [1006, 1008],
    ],
    [
      "fragments without end",
      (s) => {
        for (let n = 0; n < 500; n += 1) s.send("x", { fin: false });
      },
      [1006, 1008, 1009],
    ],
  ];
  it.each(cases)("%s", async (_, misbehave, codes) => {
    const chat = await Chat.open(desk.url);
    const { socket } = await upgrade((await chat.start()).body.streamUrl);
    if (!socket) throw new Error("no socket");
    socket.on("error", () => {});
    const closed = new Promise<number>((resolve) => socket.on("close", resolve));
    misbehave(socket);
    expect(codes).toContain(await closed);
    const { socket: again } = await upgrade((await chat.start()).body.streamUrl);
    const heard = new Promise((resolve) => again?.on("message", resolve));
    await chat.say("control");
    await heard;
    again?.close();
  });
});

describe("A07: ids", () => {
  it("cannot be guessed, and do not count", async () => {
    const chats = await Promise.all(Array.from({ length: 10 }, () => Chat.open(desk.url)));
    for (const chat of chats) await chat.say("x");
    const ids = [
      ...chats.map((c) => c.id),
      ...(await Promise.all(chats.map((c) => c.all()))).flat().map((a) => a.id),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[\w-]{24}$/);
    const prefixes = new Set(ids.map((id) => id.slice(0, 4)));
    expect(prefixes.size).toBeGreaterThan(ids.length - 2);
  });
});

describe("C10: other origins", () => {
  it("get no CORS headers, and no answer to a preflight; the operator's get both", async () => {
    const chat = await Chat.open(desk.url);
    for (const path of [
      `${chat.path}/activities`,
      `${desk.url}/widget/jcom/token`,
      `${desk.url}/v3/directline/tokens/refresh`,
    ]) {
      for (const origin of [
        "https://evil.example",
        "null",
        "https://www.jcom.example:444",
        "https://xwww.jcom.example",
      ]) {
        const { status, headers } = await call(path, {
          method: "OPTIONS",
          headers: { Origin: origin, "Access-Control-Request-Method": "POST" },
        });
        expect([status, headers.get("access-control-allow-origin")]).toEqual([403, null]);
      }
      const { status, headers } = await call(path, {
        method: "OPTIONS",
        headers: { Origin: "https://www.jcom.example" },
      });
      expect([status, headers.get("access-control-allow-origin")]).toEqual([204, "https://www.jcom.example"]);
      for (const name of ["authorization", "content-type", "x-ms-bot-agent"])
        expect(headers.get("access-control-allow-headers")?.toLowerCase()).toContain(name);
    }
    const bad = await call(`${chat.path}/activities`, {
      token: "x",
      headers: { Origin: "https://www.jcom.example" },
    });
    expect([bad.status, bad.headers.get("access-control-allow-origin")]).toEqual([
      403,
      "https://www.jcom.example",
    ]);
  });
});
