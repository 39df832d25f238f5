import { setTimeout as sleep } from "node:timers/promises";
import WebSocket from "ws";
import { waitMs } from "../../src/widget/chat/line/wait.ts";
import { Chat, call, type Granted, type Shown } from "./client.ts";

/**
 * A customer whose chat stays open: it listens by a stream, and comes back with its watermark whenever that ends, as soon
 * as the website's chat would.
 */
export class Listener {
  /** Every activity that it was given, repeats included. */
  readonly heard: Shown[] = [];
  /** How long each time without a stream was, in milliseconds. */
  readonly gaps: number[] = [];
  readonly #chat: Chat;
  #socket: WebSocket | undefined;
  #watermark = "";
  #lostAt: number | undefined;
  #running = true;

  static async open(base: string, headers: Record<string, string>): Promise<Listener> {
    const listener = new Listener(await Chat.open(base, headers));
    void listener.#listen();
    return listener;
  }

  private constructor(chat: Chat) {
    this.#chat = chat;
  }

  get isOnline(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Says it until it is acknowledged, under one id. */
  async say(text: string): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      const reply = await this.#chat.say(text, text).catch(() => undefined);
      if (reply?.status === 200) return;
      await sleep(waitMs(tries));
    }
  }

  end(): void {
    this.#running = false;
    this.#socket?.close();
  }

  async #listen(): Promise<void> {
    let tries = 0;
    while (this.#running) {
      tries += 1;
      const path = `${this.#chat.path}?watermark=${this.#watermark}`;
      const found = await call<Granted>(path, { token: this.#chat.token }).catch(() => undefined);
      if (found?.status === 200 && (await this.#stream(found.body.streamUrl))) tries = 0;
      else await sleep(waitMs(tries));
    }
  }

  /** To the end of the stream. True when it had opened. */
  #stream(address: string): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = new WebSocket(address);
      let opened = false;
      this.#socket = socket;
      socket.on("open", () => {
        opened = true;
        if (this.#lostAt !== undefined) this.gaps.push(performance.now() - this.#lostAt);
        this.#lostAt = undefined;
      });
      socket.on("message", (data: Buffer) => {
        const text = data.toString();
        if (text === "") return;
        const set = JSON.parse(text) as { activities: Shown[]; watermark?: string };
        this.heard.push(...set.activities);
        this.#watermark = set.watermark ?? this.#watermark;
      });
      socket.on("error", () => {});
      socket.on("close", () => {
        this.#lostAt ??= performance.now();
        resolve(opened);
      });
    });
  }
}
