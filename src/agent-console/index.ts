import { createHmac } from "node:crypto";
import { z } from "zod";
import type { Form } from "../dialog/form/form.ts";
import type { HandoffDesk } from "../handoff/desk.ts";
import type { Route, Upgrade } from "../http/exchange.ts";
import type { Content } from "../knowledge/content.ts";
import type { Clock, Ids, Log } from "../ports.ts";
import type { Localized } from "../reply/locale.ts";
import type { Texts } from "../reply/texts.ts";
import type { Audit } from "../requests/audit.ts";
import type { Docket } from "../requests/docket.ts";
import type { Random } from "../requests/receipt.ts";
import { REQUEST_TYPES, type RequestType } from "../requests/request-type.ts";
import type { Brain } from "../turn/talk.ts";
import { accountRoutes } from "./account-routes.ts";
import type { Accounts } from "./accounts.ts";
import { cookiesFor } from "./cookie.ts";
import type { Chats } from "./inbox/chats.ts";
import { Clauses } from "./inbox/clauses.ts";
import { Feed } from "./inbox/feed.ts";
import type { Pushes } from "./inbox/options.ts";
import { inboxRoutes } from "./inbox/routes.ts";
import { type Gate, mount, type OnAlarm } from "./mount.ts";
import { consolePage, shellOf } from "./page.ts";
import { Passwords } from "./password.ts";
import { permitRoutes } from "./permit-routes.ts";
import type { Ratings } from "./ratings/ratings.ts";
import { ratingsRoutes } from "./ratings/routes.ts";
import type { Reading } from "./reading.ts";
import { type RegisterOptions, registerRoutes } from "./register/routes.ts";
import { anyone, type ConsoleRoute } from "./route.ts";
import type { Sessions } from "./sessions.ts";
import { Streams, streamUpgrade } from "./streams.ts";
import type { Tries } from "./tries.ts";
import { watchedReading } from "./watched.ts";

export interface ConsoleOptions {
  clock: Clock;
  ids: Ids;
  random: Random;
  log: Log;
  texts: Texts;
  content: Content;
  docket: Docket;
  audit: Audit;
  stores: {
    accounts: Accounts;
    sessions: Sessions;
    tries: Tries;
    reading: Reading;
    chats: Chats;
    ratings: Ratings;
  };
  /** The hand-offs, as agents work on them. */
  desk: HandoffDesk;
  forms: Readonly<Record<RequestType, Form>>;
  /** Which clauses answer a customer's words, best first. */
  clausesFor: NonNullable<Brain["clausesFor"]>;
  pushes: Pushes;
  /** The key of tokens; what is made from it here is of no use elsewhere. */
  tokenKey: Uint8Array;
  /** Without a slash at its end. */
  publicUrl: string;
  /** Ids of the operators served. */
  operators: readonly string[];
  bundle: { script: string; styles: readonly string[] };
  wording: RegisterOptions["wording"];
  mask: (text: string) => string;
  /** Told of what somebody should look at, for the counters. */
  onAlarm?: OnAlarm;
  /** True for the one call that is first. */
  useTicket: (ticket: string, until: number) => Promise<boolean>;
}

export interface AgentConsole {
  routes: Route[];
  upgrades: Upgrade[];
  streams: Streams;
  /** What the routes are, with their policies. */
  declared: readonly ConsoleRoute[];
  stop(): void;
}

/** The agents' console: one page, its routes and its streams. */
export function agentConsole(options: ConsoleOptions): AgentConsole {
  const { clock, ids, random, log, texts, content, docket, audit, stores, publicUrl, mask } = options;
  const onAlarm: OnAlarm = options.onAlarm ?? (() => {});
  const tokenKey = createHmac("sha256", options.tokenKey).update("console").digest();
  const cookies = cookiesFor(publicUrl);
  const origin = new URL(publicUrl).origin;
  const shell = shellOf(texts, cookies !== undefined, content.topics);
  const page = consolePage({ ...options.bundle, streams: [origin.replace(/^http/, "ws")], shell, texts });
  const streams = new Streams(stores.sessions, clock);
  const front = anyone({ method: "GET", path: "/console", takes: z.object({}), handle: () => page });
  // Without a safe cookie there is nothing but the page, which says so.
  const safe = cookies ?? cookiesFor("https://localhost");
  if (!safe) throw new TypeError("https has cookies");
  const reading = watchedReading({ reading: stores.reading, operators: content.operators, onAlarm, log });
  const gate: Gate = {
    cookies: safe,
    sessions: stores.sessions,
    reading,
    audit,
    clock,
    log,
    mask,
    onAlarm,
    origin,
    tokenKey,
  };
  const door = { ...stores, passwords: new Passwords(), random };
  const served = new Map(
    options.operators.flatMap((id) => {
      const operator = content.operators.get(id);
      return operator ? [[id, operator.name] as const] : [];
    }),
  );
  const clauses = new Clauses(content, publicUrl);
  const titles = new Map<string, { title: Localized }>([
    ...content.topics,
    ...REQUEST_TYPES.map((id) => {
      const [ja, en] = [texts.ja(`requests:${id}`), texts.en(`requests:${id}`)];
      return [`request:${id}`, { title: { ja, en } }] as const;
    }),
  ]);
  const register = { docket, content, wording: options.wording, mask };
  const inside = [
    ...accountRoutes({ door, cookies: safe, streams, audit, log, onAlarm, tokenKey, operators: served }),
    ...registerRoutes(register),
    ...inboxRoutes({
      desk: options.desk,
      chats: stores.chats,
      clauses,
      accounts: stores.accounts,
      sessions: stores.sessions,
      streams,
      reading,
      register,
      topics: titles,
      texts,
      forms: options.forms,
      mask,
      pushes: options.pushes,
      clausesFor: options.clausesFor,
    }),
    ...ratingsRoutes({ ...stores, clauses }),
    ...permitRoutes({ reading: stores.reading, ids, mask }),
  ];
  const feed = new Feed({
    chats: stores.chats,
    streams,
    topics: titles,
    log,
    onChange: (listener) => options.desk.onChange(listener),
  });
  const declared = cookies ? [front, ...inside] : [front];
  return {
    declared,
    routes: mount(declared, gate),
    upgrades: cookies ? [streamUpgrade({ ...gate, streams, useTicket: options.useTicket })] : [],
    streams,
    stop() {
      feed.stop();
      streams.stop();
    },
  };
}
