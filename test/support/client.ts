import { setTimeout as sleep } from "node:timers/promises";
import { SECRET } from "./desk.ts";
import { patience } from "./took.ts";

/** What a Direct Line client gets of an activity, as far as tests look at it. */
export interface Shown {
  id: string;
  type: string;
  name?: string;
  timestamp: string;
  text?: string;
  value?: unknown;
  replyToId?: string;
  channelId: string;
  from: { id: string; role: string; name?: string };
  suggestedActions?: { to: string[]; actions: { type: string; title: string; value: string }[] };
  entities?: { citation?: { appearance: { name: string; url: string } }[] }[];
  channelData?: { madoguchi?: { kind: string }; clientActivityID?: string };
}

export interface Reply<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T;
}

/** One call over HTTP. A body that is no JSON comes back as text. */
export async function call<T = Record<string, unknown>>(
  url: string,
  options: {
    method?: string;
    token?: string;
    json?: unknown;
    headers?: Record<string, string>;
    body?: string;
  } = {},
): Promise<Reply<T>> {
  const body = options.body ?? (options.json === undefined ? undefined : JSON.stringify(options.json));
  const response = await fetch(url, {
    method: options.method ?? (body === undefined ? "GET" : "POST"),
    headers: {
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(options.token === undefined ? {} : { Authorization: `Bearer ${options.token}` }),
      ...options.headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  return replyOf<T>(response);
}

/** What was answered; a body that is no JSON as its text. */
export async function replyOf<T>(response: Response): Promise<Reply<T>> {
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {}
  return { status: response.status, headers: response.headers, body: body as T };
}

export interface Granted {
  conversationId: string;
  token: string;
  expires_in: number;
  streamUrl: string;
}

/** A customer's chat, as a plain client of the protocol sees it. */
export class Chat {
  readonly base: string;
  readonly id: string;
  token: string;

  constructor(base: string, granted: Pick<Granted, "conversationId" | "token">) {
    this.base = base;
    this.id = granted.conversationId;
    this.token = granted.token;
  }

  /** A token by the server's secret, and the chat opened. */
  static async open(base: string, headers: Record<string, string> = {}): Promise<Chat> {
    const url = `${base}/v3/directline/tokens/generate`;
    const { status, body } = await call<Granted>(url, { method: "POST", token: SECRET, headers });
    if (status !== 200) throw new Error(`no token: ${status}`);
    const chat = new Chat(base, body);
    await chat.start();
    return chat;
  }

  get path(): string {
    return `${this.base}/v3/directline/conversations/${this.id}`;
  }

  start(locale = "ja-JP"): Promise<Reply<Granted>> {
    return call<Granted>(`${this.base}/v3/directline/conversations`, {
      token: this.token,
      json: { locale, user: {} },
    });
  }

  post(activity: object): Promise<Reply<{ id: string }>> {
    return call<{ id: string }>(`${this.path}/activities`, { token: this.token, json: activity });
  }

  say(text: string, clientActivityID?: string): Promise<Reply<{ id: string }>> {
    return this.post({
      type: "message",
      text,
      ...(clientActivityID ? { channelData: { clientActivityID } } : {}),
    });
  }

  async all(watermark = ""): Promise<Shown[]> {
    const activities: Shown[] = [];
    for (let after = watermark; ; ) {
      const { status, headers, body } = await this.read(after);
      if (status === 429 || status === 503) {
        await sleep(Number(headers.get("retry-after") ?? 1) * 1_000);
        continue;
      }
      if (status !== 200) throw new Error(`the chat cannot be read: ${status}`);
      if (body.activities.length === 0) return activities;
      activities.push(...body.activities);
      after = body.watermark;
    }
  }

  read(watermark: string): Promise<Reply<{ activities: Shown[]; watermark: string }>> {
    return call(`${this.path}/activities?watermark=${encodeURIComponent(watermark)}`, { token: this.token });
  }

  /** Waits until the bot has said `count` things; gives all texts of the bot. */
  async replies(count: number, ms = 5_000): Promise<string[]> {
    const began = performance.now();
    let limit = ms;
    for (;;) {
      const said = (await this.all()).filter((a) => a.from.role === "bot").map((a) => a.text ?? "");
      if (said.length >= count) return said;
      const waited = performance.now() - began;
      if (waited > limit) limit = Math.max(limit, patience(ms, waited));
      if (waited > limit)
        throw new Error(`the bot said ${said.length} of ${count} things within ${Math.round(limit)} ms`);
      await sleep(50);
    }
  }
}
