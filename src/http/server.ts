import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import pino from "pino";
import restify from "restify";
import type { Ids, Log } from "../ports.ts";
import type { TrustedProxies } from "./address.ts";
import { readForm, readJson, readRaw } from "./body.ts";
import { cors, preflight } from "./cors.ts";
import type { Answer, Exchange, Json, Route, Upgrade } from "./exchange.ts";
import { guard } from "./guard.ts";
import { exchangeOf } from "./incoming.ts";
import type { Metrics } from "./metrics.ts";
import { type ProblemCode, problem, unavailable } from "./problem.ts";
import { commonHeaders, rawAnswer, respond } from "./respond.ts";
import { Sockets } from "./sockets.ts";

export interface ServerOptions {
  routes: readonly Route[];
  upgrades: readonly Upgrade[];
  trusted: TrustedProxies;
  /** Reached by https, through a proxy. */
  secure: boolean;
  ids: Ids;
  log: Log;
  metrics: Metrics;
  /** The answer to an error that a handler threw, if it is one that will pass. */
  answerTo: (error: unknown) => Answer | undefined;
}

export interface HttpServer {
  /** Listens; `port` 0 takes a free one. Resolves with the port. */
  listen(port: number, host: string): Promise<number>;
  readonly sockets: Sockets;
  /** New requests hear 503 from now on, those that run may end for `graceMs`; then all connections are closed. */
  stop(graceMs: number): Promise<void>;
}

const HTTP_LIMITS = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 30_000,
  connectionsCheckingInterval: 1_000,
  // The guard judges it, and answers in our own words.
  requireHostHeader: false,
  insecureHTTPParser: false,
} as const;

/** restify logs whole requests, with their secrets: it gets a log that keeps nothing. (Its types know only bunyan.) */
const silent = pino({ level: "silent" }) as unknown as NonNullable<restify.ServerOptions["log"]>;

const READERS = { json: readJson, form: readForm, raw: readRaw } as const;

/** How long clients have to say goodbye to a stream that ends, in milliseconds. */
const FAREWELL_MS = 1_000;

/** The one HTTP server: guards in front, restify's router behind, answers from values. */
export function createHttpServer(options: ServerOptions): HttpServer {
  const { routes, ids, log, metrics, trusted } = options;
  const headers = commonHeaders(options.secure);
  const sockets = new Sockets(options, headers);
  const router = restify.createServer({ name: "", log: silent });
  const http: Server = createServer(HTTP_LIMITS);
  let stopping = false;
  let running = 0;

  function finish(
    request: IncomingMessage,
    response: ServerResponse,
    route: string,
    began: number,
    id: string,
  ): void {
    const ms = performance.now() - began;
    const status = response.statusCode;
    const method = request.method ?? "";
    metrics.requests.observe({ method, route, status }, ms / 1_000);
    if (status === 429) metrics.limited.inc({ route });
    log.info("http.request", { id, method, route, status, ms: Math.round(ms * 10) / 10 });
  }

  async function answer(route: Route, exchange: Exchange): Promise<Answer> {
    try {
      return await route.handle(exchange);
    } catch (error) {
      const known = options.answerTo(error);
      const name = error instanceof Error ? error.name : "unknown";
      if (!known) log.error("http.failed", { id: exchange.id, route: route.path, error: name });
      return known ?? problem("ServiceError");
    }
  }

  async function serve(route: Route, request: restify.Request, response: restify.Response): Promise<void> {
    const [began, id] = [performance.now(), ids.next()];
    response.once("close", () => finish(request, response, route.path, began, id));
    const params = request.params as Record<string, string>;
    const access = cors(route, request.headers.origin, params);
    const send = (a: Answer) =>
      respond(request, response, a, { ...headers, ...access.headers }).catch((error: unknown) => {
        const name = error instanceof Error ? error.name : "unknown";
        log.error("http.broken-off", { id, route: route.path, error: name });
      });
    if (access.refused) return send(problem("OriginRefused"));
    let body: Json | undefined;
    let bytes: Uint8Array | undefined;
    if (route.body !== "none") {
      const read = await READERS[route.body](request).catch(() => undefined);
      if (!read) return;
      if (read.kind === "refused") return send(problem(read.code));
      if (read.kind === "raw") bytes = read.bytes;
      else body = read.value;
    }
    const exchange = exchangeOf(request, id, params, body, trusted);
    await send(await answer(route, bytes ? { ...exchange, bytes } : exchange));
  }

  for (const route of routes) {
    // A handler of restify must take two arguments when it is async, and must not return a value.
    const handler = async (request: restify.Request, response: restify.Response) => {
      await serve(route, request, response);
    };
    if (route.method === "GET") router.get(route.path, handler);
    else if (route.method === "POST") router.post(route.path, handler);
    else router.del(route.path, handler);
  }
  for (const path of new Set(routes.filter((r) => r.origins).map((r) => r.path))) {
    const siblings = routes.filter((r) => r.path === path);
    router.opts(path, async (request: restify.Request, response: restify.Response) => {
      const params = request.params as Record<string, string>;
      const access = cors(siblings[0] ?? {}, request.headers.origin, params);
      const told = access.refused ? problem("OriginRefused") : preflight(siblings.map((r) => r.method));
      await respond(request, response, told, { ...headers, ...access.headers });
    });
  }
  // Its third step, the callback, is never taken: restify would send the error's own words after ours.
  router.on(
    "restifyError",
    (request: restify.Request, response: restify.Response, error: { statusCode?: number }) => {
      void respond(request, response, problem(codeOf(error.statusCode)), headers);
      metrics.requests.observe({ method: "other", route: "none", status: response.statusCode }, 0);
    },
  );

  http.on("request", (request, response) => {
    running += 1;
    response.once("close", () => (running -= 1));
    request.on("error", () => {});
    if (stopping) return void respond(request, response, unavailable(), { ...headers, Connection: "close" });
    const refused = guard(request.url ?? "", request.rawHeaders);
    if (refused)
      return void respond(request, response, problem(refused), { ...headers, Connection: "close" });
    router.server.emit("request", request, response);
  });
  http.on("upgrade", (request, socket, head) => {
    const refused = stopping ? "Unavailable" : guard(request.url ?? "", request.rawHeaders);
    socket.on("error", () => {});
    if (refused) socket.end(rawAnswer(problem(refused), headers));
    else sockets.upgrade(request, socket, head);
  });
  http.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const code: ProblemCode = error.code === "HPE_HEADER_OVERFLOW" ? "HeadersTooLarge" : "BadRequest";
    if (socket.writable) socket.end(rawAnswer(problem(code), headers));
    else socket.destroy();
  });

  return {
    sockets,
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        http.once("error", reject);
        http.listen(port, host, () => resolve((http.address() as AddressInfo).port));
      }),
    async stop(graceMs) {
      stopping = true;
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      http.closeIdleConnections();
      const until = async (done: () => boolean, ms: number) => {
        const end = performance.now() + ms;
        while (!done() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
      };
      await until(() => running === 0, graceMs);
      // Streams last: what still runs is answered through them, and nobody is without one for longer than a restart.
      sockets.closeAll();
      await until(() => sockets.size === 0, FAREWELL_MS);
      http.closeAllConnections();
      sockets.destroyAll();
      await closed;
    },
  };
}

function codeOf(status: number | undefined): ProblemCode {
  if (status === 404) return "NotFound";
  if (status === 405) return "MethodNotAllowed";
  return status !== undefined && status < 500 ? "BadRequest" : "ServiceError";
}
