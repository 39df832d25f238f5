import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Ids, Log } from "../ports.ts";
import type { TrustedProxies } from "./address.ts";
import type { Answer, Upgrade, Wire } from "./exchange.ts";
import { exchangeOf } from "./incoming.ts";
import type { Metrics } from "./metrics.ts";
import { problem } from "./problem.ts";
import { rawAnswer } from "./respond.ts";

export interface SocketsOptions {
  upgrades: readonly Upgrade[];
  trusted: TrustedProxies;
  ids: Ids;
  log: Log;
  metrics: Metrics;
  answerTo: (error: unknown) => Answer | undefined;
}

/** Bytes that a peer may leave unread before it is cut off. */
const MAX_BUFFERED = 1_048_576;
const MAX_FRAME = 65_536;
/** Frames (pings among them) that a peer may send in a second. A chat client sends one in twenty. */
const MAX_FRAMES_PER_SECOND = 50;
const HEARTBEAT_MS = 25_000;

/** All open WebSockets: opened by the first upgrade whose path fits, kept alive, closed together. */
export class Sockets {
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME,
    perMessageDeflate: false,
    maxFragments: 64,
    clientTracking: true,
  } as ConstructorParameters<typeof WebSocketServer>[0]);
  readonly #options: SocketsOptions;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #alive = new WeakSet<WebSocket>();
  readonly #heartbeat: NodeJS.Timeout;

  constructor(options: SocketsOptions, headers: Readonly<Record<string, string>>) {
    this.#options = options;
    this.#headers = headers;
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  get size(): number {
    return this.#server.clients.size;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    void this.#open(request).then((opened) => {
      if (typeof opened !== "function") {
        this.#log(request, opened.status);
        socket.end(rawAnswer(opened, this.#headers));
        return;
      }
      if (socket.destroyed) return;
      this.#server.handleUpgrade(request, socket, head, (ws) => {
        this.#log(request, 101);
        opened(this.#wire(ws));
      });
    });
  }

  closeAll(): void {
    clearInterval(this.#heartbeat);
    for (const ws of this.#server.clients) ws.close(1012, "restart");
  }

  destroyAll(): void {
    for (const ws of this.#server.clients) ws.terminate();
  }

  #log(request: IncomingMessage, status: number): void {
    const route = this.#match(request)?.upgrade.path ?? "none";
    this.#options.log.info("http.upgrade", { route, status });
  }

  #match(request: IncomingMessage): { upgrade: Upgrade; params: Record<string, string> } | undefined {
    const path = (request.url ?? "").split("?", 1)[0] ?? "";
    for (const upgrade of this.#options.upgrades) {
      const params = match(upgrade.path, path);
      if (params) return { upgrade, params };
    }
    return undefined;
  }

  async #open(request: IncomingMessage): Promise<Answer | ((wire: Wire) => void)> {
    const { ids, trusted, log, answerTo } = this.#options;
    const found = this.#match(request);
    if (!found) return problem("NotFound");
    try {
      return await found.upgrade.open(exchangeOf(request, ids.next(), found.params, undefined, trusted));
    } catch (error) {
      log.error("http.failed", {
        route: found.upgrade.path,
        error: error instanceof Error ? error.name : "unknown",
      });
      return answerTo(error) ?? problem("ServiceError");
    }
  }

  #wire(ws: WebSocket): Wire {
    const { metrics } = this.#options;
    metrics.sockets.inc();
    this.#alive.add(ws);
    let [frames, since] = [0, performance.now()];
    const count = () => {
      this.#alive.add(ws);
      const now = performance.now();
      if (now - since > 1_000) [frames, since] = [0, now];
      frames += 1;
      if (frames > MAX_FRAMES_PER_SECOND) ws.terminate();
    };
    ws.on("message", count);
    ws.on("ping", count);
    ws.on("pong", count);
    ws.on("error", () => {});
    ws.once("close", () => metrics.sockets.dec());
    return {
      send(text) {
        if (ws.readyState !== ws.OPEN) return false;
        if (ws.bufferedAmount > MAX_BUFFERED) {
          ws.terminate();
          return false;
        }
        ws.send(text);
        return true;
      },
      close: (code, reason) => ws.close(code, reason),
      onClose: (listener) => void ws.once("close", listener),
    };
  }

  /** Whoever was silent since the last beat is gone. */
  #beat(): void {
    for (const ws of this.#server.clients) {
      if (!this.#alive.has(ws)) {
        ws.terminate();
        continue;
      }
      this.#alive.delete(ws);
      ws.ping();
      ws.send("");
    }
  }
}

/** The parameters of `/a/:name/b` in a path; undefined when it does not fit. */
function match(template: string, path: string): Record<string, string> | undefined {
  const [wanted, found] = [template.split("/"), path.split("/")];
  if (wanted.length !== found.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const value = found[i] ?? "";
    if (part.startsWith(":")) params[part.slice(1)] = decodeURIComponent(value);
    else if (part !== value) return undefined;
  }
  return params;
}
