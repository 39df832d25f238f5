import type { Api } from "./api.ts";
import type { Session } from "./session.ts";
import { waitMs } from "./wait.ts";
import { pause, Waker } from "./waker.ts";

/** `connecting` the first time, `online`, `offline` while it tries again, `failed` when it cannot even begin. */
export type Connection = "connecting" | "online" | "offline" | "failed" | "ended";

export interface Heard {
  /** As they came; not yet read. */
  activities: unknown[];
  /** Whether they may be what was said before this page was there. */
  history: boolean;
}

export interface ListenerOptions {
  api: Api;
  session: Session;
  /** Language to open a new chat in. */
  locale: () => string;
  onHeard: (heard: Heard) => void;
  onConnection: (connection: Connection) => void;
}

/** A frame of the replay is this long when more follows. */
const PAGE = 100;
/** The server sends something every 25 seconds: a stream that is silent for so long is dead. */
const SILENCE_MS = 65_000;
const TICK_MS = 5_000;
/** A tick that comes so late means that the machine slept. */
const SLEPT_MS = 20_000;
/** After so many streams that never opened it asks again and again instead, for a minute. */
const MAX_FAILED_STREAMS = 2;
const POLL_MS = 1_500;
const POLLING_MS = 60_000;
const OPEN_MS = 10_000;

/** Listens to the chat as long as the page lives: by a stream, else by asking; each activity is heard at least once. */
export class Listener {
  readonly #options: ListenerOptions;
  readonly #waker = new Waker();
  #socket: WebSocket | undefined;
  #watermark = "";
  #heardAt = Date.now();
  #replaying = true;
  #state: Connection = "connecting";
  #generation = 0;

  constructor(options: ListenerOptions) {
    this.#options = options;
    addEventListener("online", () => this.#waker.wake());
    addEventListener("offline", () => {
      this.#socket?.close();
      this.#become("offline");
    });
    addEventListener("pageshow", () => this.#waker.wake());
    document.addEventListener("visibilitychange", () => this.#waker.wake());
    let last = Date.now();
    setInterval(() => {
      const now = Date.now();
      if (now - last > SLEPT_MS || now - this.#heardAt > SILENCE_MS) this.#socket?.close();
      last = now;
      void options.session.refresh();
    }, TICK_MS);
  }

  /** Begins, or begins again with another chat. */
  start(): void {
    this.#generation += 1;
    this.#watermark = "";
    this.#replaying = true;
    this.#state = "connecting";
    this.#options.onConnection("connecting");
    this.#socket?.close();
    void this.#run(this.#generation);
  }

  /** Tries at once. */
  wake(): void {
    this.#waker.wake();
  }

  /** The chat is over: listens to nothing more. */
  end(): void {
    this.#generation += 1;
    this.#socket?.close();
    this.#become("ended");
  }

  async #run(generation: number): Promise<void> {
    const { api, session, locale } = this.#options;
    let [tries, failedStreams] = [0, 0];
    const current = () => generation === this.#generation;
    while (current()) {
      if (tries > 0) await this.#waker.wait(waitMs(tries));
      if (!current()) return;
      tries += 1;
      const entered = await session.enter();
      if (!current()) return;
      if (entered.kind !== "done") {
        this.#become(
          this.#watermark === "" && tries > 1 ? "failed" : this.#watermark === "" ? "connecting" : "offline",
        );
        if (entered.kind === "busy") await this.#waker.wait(entered.waitMs);
        continue;
      }
      const pass = entered.value;
      // Opening a chat that is open changes nothing, so a page that was closed too early is made good.
      const found = await (this.#watermark === ""
        ? api.open(pass, locale())
        : api.find(pass, this.#watermark));
      if (!current()) return;
      if (found.kind === "gone") {
        session.forget();
        return this.end();
      }
      if (found.kind === "expired") session.expire();
      if (found.kind !== "done") {
        this.#become(this.#watermark === "" ? (tries > 1 ? "failed" : "connecting") : "offline");
        continue;
      }
      if (failedStreams < MAX_FAILED_STREAMS) {
        const opened = await this.#stream(found.value.streamUrl, current);
        failedStreams = opened ? 0 : failedStreams + 1;
        if (opened) tries = 1;
        if (current() && opened) this.#become("offline");
      } else {
        const ended = await this.#poll(current);
        if (ended === "gone" && current()) {
          session.forget();
          return this.end();
        }
        [failedStreams, tries] = [MAX_FAILED_STREAMS - 1, 1];
      }
    }
  }

  /** Reads the stream to its end. True when it had opened. */
  #stream(address: string, current: () => boolean): Promise<boolean> {
    return new Promise((resolve) => {
      let opened = false;
      const socket = new WebSocket(address);
      this.#socket = socket;
      const timer = setTimeout(() => socket.close(), OPEN_MS);
      socket.onopen = () => {
        opened = true;
        this.#heardAt = Date.now();
        clearTimeout(timer);
        this.#become("online");
      };
      socket.onmessage = ({ data }: MessageEvent<unknown>) => {
        this.#heardAt = Date.now();
        if (current() && typeof data === "string" && data !== "") this.#hear(parsed(data));
      };
      socket.onclose = ({ code }) => {
        clearTimeout(timer);
        if (code === 1008) this.#options.session.expire();
        if (this.#socket === socket) this.#socket = undefined;
        resolve(opened);
      };
    });
  }

  async #poll(current: () => boolean): Promise<"over" | "gone"> {
    const { api, session } = this.#options;
    const end = Date.now() + POLLING_MS;
    while (current() && Date.now() < end) {
      const { pass } = session;
      if (!pass) return "over";
      const read = await api.read(pass, this.#watermark);
      if (read.kind === "gone") return "gone";
      if (read.kind === "expired") session.expire();
      if (read.kind !== "done" || !current()) return "over";
      this.#heardAt = Date.now();
      this.#become("online");
      this.#hear(read.value);
      await pause(POLL_MS);
    }
    return "over";
  }

  #hear(set: { activities?: unknown; watermark?: unknown }): void {
    const activities = Array.isArray(set.activities) ? set.activities : [];
    if (typeof set.watermark === "string") this.#watermark = set.watermark;
    if (activities.length === 0) return;
    const history = this.#replaying && this.#options.session.restored;
    if (typeof set.watermark === "string" && activities.length < PAGE) this.#replaying = false;
    this.#options.onHeard({ activities, history });
  }

  #become(state: Connection): void {
    if (this.#state === state || this.#state === "ended") return;
    this.#state = state;
    this.#options.onConnection(state);
  }
}

function parsed(data: string): { activities?: unknown; watermark?: unknown } {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
