import { createHmac, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { problemsOf } from "./line-limits.ts";
import { hasSpec, specProblems } from "./line-openapi.ts";

export const LINE_SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
export const LINE_TOKEN = "a-channel-access-token/of+the=stand-in-0123456789";

/** A message as it reached a customer, with the call that brought it. */
export interface Reached {
  to: string;
  how: "reply" | "push";
  messages: readonly Record<string, unknown>[];
}

/** Chances (0..1) of what goes wrong with a call. */
export interface Faults {
  /** The connection is cut before the call was done, or after it. */
  resetBefore?: number;
  resetAfter?: number;
  /** 500 before it was done, or after it. */
  failBefore?: number;
  failAfter?: number;
  limited?: number;
  slowMs?: number;
  /** An answer that never ends. */
  endless?: number;
}

/** An event of a webhook. */
export type Event = Record<string, unknown> & { webhookEventId: string };

/** LINE's side: an account whose Messaging API can be called, and whose webhook calls the desk. */
export class LinePlatform {
  /** All that reached customers, in order. */
  readonly reached: Reached[] = [];
  /** What was wrong with what was sent: limits and rules of the platform. */
  readonly problems: string[] = [];
  /** Calls by path without ids. */
  readonly calls = new Map<string, number>();
  readonly languages = new Map<string, string>();
  readonly loading: string[] = [];
  readonly left: string[] = [];
  /** Whether the account's chat is on: then nobody's messages are read until we say so. */
  chat = false;
  /** Paths that answer 500, or never, whatever is asked of them. */
  readonly failing = new Set<string>();
  readonly silent = new Set<string>();
  readonly linkTokens = new Map<string, string>();
  /** Told of each call that reached a customer. */
  onReached: (reached: Reached) => void = () => {};
  /** How long a reply token is good from when its event was made, in milliseconds. */
  tokenMs = 60_000;
  faults: Faults = {};
  random: () => number = Math.random;
  readonly #server: Server;
  readonly #tokens = new Map<string, { to: string; until: number; used: boolean }>();
  readonly #keys = new Set<string>();
  /** What came with each message: its customer, its place among theirs, whether it was used. */
  readonly #marks = new Map<string, { from: string; n: number; used: boolean }>();
  /** How many messages a customer has written, and how many of them are shown as read. */
  readonly #written = new Map<string, { all: number; read: number }>();
  #last = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<LinePlatform> {
    const server = createServer({ keepAlive: true });
    const platform = new LinePlatform(server);
    server.on("request", (asked, answer) => void platform.#serve(asked, answer));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return platform;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Settings of a desk whose operator has this account. */
  env(operator = "JCOM"): Record<string, string> {
    return {
      [`LINE_CHANNEL_SECRET_${operator}`]: LINE_SECRET,
      [`LINE_CHANNEL_ACCESS_TOKEN_${operator}`]: LINE_TOKEN,
      LINE_API_BASE: this.url,
      LINE_DATA_API_BASE: this.url,
    };
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  /** Everything that one customer has got, oldest first. */
  of(user: string): Record<string, unknown>[] {
    return this.reached.filter(({ to }) => to === user).flatMap(({ messages }) => messages);
  }

  /** An event with a fresh id and, where its kind has one, a fresh reply token. */
  event(type: string, user: string, fields: Record<string, unknown> = {}): Event {
    this.#last += 1;
    const n = this.#last;
    const replyToken = `token-${n}-${randomUUID()}`;
    const answerable = !["unfollow", "unsend", "leave"].includes(type);
    if (answerable) this.#tokens.set(replyToken, { to: user, until: Date.now() + this.tokenMs, used: false });
    return {
      type,
      mode: "active",
      timestamp: 1_800_000_000_000 + n,
      source: { type: "user", userId: user },
      webhookEventId: `01H${String(n).padStart(23, "0")}`,
      deliveryContext: { isRedelivery: false },
      ...(answerable ? { replyToken } : {}),
      ...fields,
    };
  }

  text(user: string, text: string): Event {
    const id = `5${String(this.#last + 1).padStart(17, "0")}`;
    const markAsReadToken = this.#marked(user);
    const message = { type: "text", id, quoteToken: "q", markAsReadToken, text };
    return this.event("message", user, { message });
  }

  /** How many of a customer's messages are shown to them as read, and how many there are. */
  read(user: string): { read: number; of: number } {
    const { read, all } = this.#written.get(user) ?? { read: 0, all: 0 };
    return { read, of: all };
  }

  #marked(from: string): string {
    const written = this.#written.get(from) ?? { all: 0, read: 0 };
    written.all += 1;
    this.#written.set(from, written);
    const token = `mark-${randomUUID()}`;
    this.#marks.set(token, { from, n: written.all, used: false });
    return token;
  }

  pressed(user: string, data: string): Event {
    return this.event("postback", user, { postback: { data } });
  }

  /** It happened an hour ago and is sent again. */
  age(event: Event): void {
    this.expire(event);
    Object.assign(event, { timestamp: Date.now() - 3_600_000, deliveryContext: { isRedelivery: true } });
  }

  /** The token dies. */
  expire({ replyToken }: Event): void {
    const known = this.#tokens.get(String(replyToken));
    if (known) known.until = 0;
  }

  async #serve(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of asked) chunks.push(chunk as Buffer);
    const path = (asked.url ?? "").replace(/U[0-9a-z]+|\/[CR][0-9a-z]+/g, (id) =>
      id[0] === "/" ? "/*" : "*",
    );
    this.calls.set(path, (this.calls.get(path) ?? 0) + 1);
    const { faults, random } = this;
    const luck = random();
    const chance = (...parts: (number | undefined)[]) =>
      luck < parts.reduce<number>((a, b) => a + (b ?? 0), 0);
    const send = (status: number, body: object, headers: Record<string, string> = {}) => {
      answer.writeHead(status, { "Content-Type": "application/json", ...headers });
      answer.end(JSON.stringify(body));
    };
    if (this.silent.has(path)) return;
    if (this.failing.has(path)) return send(500, { message: "An error occurred" });
    if (faults.slowMs) await sleep(faults.slowMs * random() * 2);
    const { resetBefore, resetAfter, failBefore, failAfter, limited, endless } = faults;
    if (chance(resetBefore)) return void asked.socket.destroy();
    if (chance(resetBefore, failBefore)) return send(500, { message: "An error occurred" });
    if (chance(resetBefore, failBefore, limited)) return send(429, { message: "Rate limit" });
    const done = this.#done(asked, Buffer.concat(chunks).toString("utf8"));
    if (chance(resetBefore, failBefore, limited, resetAfter)) return void asked.socket.destroy();
    if (chance(resetBefore, failBefore, limited, resetAfter, failAfter))
      return send(503, { message: "Oops" });
    if (chance(resetBefore, failBefore, limited, resetAfter, failAfter, endless)) {
      answer.writeHead(200, { "Content-Type": "application/json" });
      for (let n = 0; n < 100 && !answer.destroyed; n += 1) answer.write(Buffer.alloc(4_096, 32));
      return;
    }
    send(done.status, done.body, done.headers);
  }

  #done(
    asked: IncomingMessage,
    text: string,
  ): { status: number; body: object; headers?: Record<string, string> } {
    const { method = "", url = "", headers } = asked;
    if (headers.authorization !== `Bearer ${LINE_TOKEN}`)
      return { status: 401, body: { message: "Authentication failed" } };
    const body = text === "" ? {} : (JSON.parse(text) as Record<string, never>);
    const retryKey = headers["x-line-retry-key"];
    const route = `${method} ${url}`;
    if (route === "POST /v2/bot/message/reply") {
      if (retryKey !== undefined) return this.#wrong("a retry key on a reply");
      const token = this.#tokens.get(body.replyToken ?? "");
      if (!token || token.used || token.until < Date.now())
        return { status: 400, body: { message: "Invalid reply token" } };
      const wrong = this.#checked(body.messages);
      if (wrong) return wrong;
      token.used = true;
      this.#reach({ to: token.to, how: "reply", messages: body.messages ?? [] });
      return { status: 200, body: { sentMessages: [{ id: "1" }] } };
    }
    if (route === "POST /v2/bot/message/push") {
      if (typeof retryKey !== "string" || !/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(retryKey))
        return this.#wrong("a push without a retry key");
      if (this.#keys.has(retryKey))
        return {
          status: 409,
          body: { message: "The retry key is already accepted" },
          headers: { "x-line-accepted-request-id": "r" },
        };
      const wrong = this.#checked(body.messages);
      if (wrong) return wrong;
      this.#keys.add(retryKey);
      this.#reach({ to: String(body.to), how: "push", messages: body.messages ?? [] });
      return { status: 200, body: { sentMessages: [{ id: "1" }] } };
    }
    const profile = /^GET \/v2\/bot\/profile\/(U\w+)$/.exec(route)?.[1];
    if (profile !== undefined) {
      const language = this.languages.get(profile);
      return {
        status: 200,
        body: { userId: profile, displayName: "山田", ...(language ? { language } : {}) },
      };
    }
    if (route === "POST /v2/bot/chat/loading/start") {
      const { chatId, loadingSeconds } = body as { chatId?: string; loadingSeconds?: number };
      const seconds = loadingSeconds ?? 0;
      if (!chatId?.startsWith("U") || seconds < 5 || seconds > 60 || seconds % 5 !== 0)
        return this.#wrong("loading outside its limits");
      this.loading.push(chatId);
      return { status: 202, body: {} };
    }
    if (route === "GET /v2/bot/info") {
      const chat = this.chat ? { chatMode: "chat", markAsReadMode: "manual" } : { chatMode: "bot" };
      const named = { userId: userOf(0), basicId: "@desk", displayName: "窓口" };
      return { status: 200, body: { ...named, markAsReadMode: "auto", ...chat } };
    }
    if (route === "POST /v2/bot/chat/markAsRead") return this.#markAsRead(body);
    const linker = /^POST \/v2\/bot\/user\/(U\w+)\/linkToken$/.exec(route)?.[1];
    if (linker !== undefined) {
      const linkToken = `link${randomUUID().replaceAll("-", "")}`;
      this.linkTokens.set(linkToken, linker);
      return { status: 200, body: { linkToken } };
    }
    if (/^POST \/v2\/bot\/(group|room)\/\w+\/leave$/.test(route)) {
      this.left.push(url);
      return { status: 200, body: {} };
    }
    return this.#wrong(`no such call: ${method} ${url.split("/").slice(0, 4).join("/")}`, 404);
  }

  #markAsRead(body: { markAsReadToken?: string }): { status: number; body: object } {
    if (!this.chat) return this.#wrong("marked as read what is read by itself");
    if (hasSpec()) this.problems.push(...specProblems("MarkMessagesAsReadByTokenRequest", body));
    const mark = this.#marks.get(body.markAsReadToken ?? "");
    if (!mark) return this.#wrong("no such token of a message");
    const { resetAfter, failAfter, endless } = this.faults;
    if (mark.used && !resetAfter && !failAfter && !endless) return this.#wrong("marked as read twice");
    mark.used = true;
    const written = this.#written.get(mark.from);
    if (written) written.read = Math.max(written.read, mark.n);
    return { status: 200, body: {} };
  }

  #reach(reached: Reached): void {
    this.reached.push(reached);
    this.onReached(reached);
  }

  #checked(messages: unknown): { status: number; body: object } | undefined {
    const problems = problemsOf(messages);
    if (hasSpec() && Array.isArray(messages))
      problems.push(...messages.flatMap((message) => specProblems("Message", message)));
    this.problems.push(...problems);
    return problems.length > 0
      ? { status: 400, body: { message: "The request body has errors" } }
      : undefined;
  }

  #wrong(problem: string, status = 400): { status: number; body: object } {
    this.problems.push(problem);
    return { status, body: { message: problem } };
  }
}

export const signatureOf = (body: string | Buffer, secret = LINE_SECRET): string =>
  createHmac("sha256", secret).update(body).digest("base64");

/** One delivery to the desk's webhook, with the bytes and headers as they are given. */
export function deliver(
  desk: string,
  body: string | Buffer,
  headers: Record<string, string | string[]> = { "x-line-signature": signatureOf(body) },
  path = "/line/jcom",
): Promise<{ status: number; body: string; ms: number }> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const all = {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Length": Buffer.byteLength(body),
      ...headers,
    };
    const sent = request(`${desk}${path}`, { method: "POST", headers: all }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => (text += part));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, body: text, ms: performance.now() - began }),
      );
    });
    sent.on("error", reject).end(body);
  });
}

/** A webhook's body with these events. */
export const webhook = (events: readonly object[]): string =>
  JSON.stringify({ destination: `U${"0".repeat(32)}`, events });

/** A customer's id of an account. */
export const userOf = (n: number): string => `U${n.toString(16).padStart(32, "0")}`;

/** All that somebody can read in what LINE shows: texts and the titles of buttons. */
export function visible(messages: readonly unknown[]): string {
  const texts: string[] = [];
  const look = (value: unknown, key = ""): void => {
    if (typeof value === "string" && ["text", "label", "displayText"].includes(key)) texts.push(value);
    else if (Array.isArray(value)) for (const each of value) look(each, key);
    else if (typeof value === "object" && value !== null)
      for (const [name, each] of Object.entries(value)) look(each, name);
  };
  look(messages);
  return texts.join("\n");
}
