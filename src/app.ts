import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { FORMS } from "../dialogs/index.ts";
import { type AgentConsole, agentConsole } from "./agent-console/index.ts";
import type { Channel } from "./channels/channel.ts";
import { directLine } from "./channels/direct-line/index.ts";
import { LINE, type LineSettings, type LinkPage } from "./channels/line/desk.ts";
import type { LineOptions } from "./channels/line/index.ts";
import { type Config, strayOperators, suffixOf } from "./config.ts";
import { wordingsOf } from "./dialog/wordings.ts";
import type { HandoffDesk, Staffing } from "./handoff/desk.ts";
import { trustedProxies } from "./http/address.ts";
import type { Route } from "./http/exchange.ts";
import { healthRoutes, type Readiness } from "./http/health.ts";
import { createMetrics, metricsRoute } from "./http/metrics.ts";
import { type AllowedOrigins, allowsOrigin } from "./http/origins.ts";
import { unavailable } from "./http/problem.ts";
import { createHttpServer } from "./http/server.ts";
import { developmentSecret } from "./keys.ts";
import type { Content } from "./knowledge/content.ts";
import type { Operator } from "./knowledge/operator.ts";
import type { Letters } from "./notices/letter.ts";
import type { Mail } from "./notices/mail.ts";
import { createPostOffice } from "./notices/post.ts";
import { linkPage } from "./pages/link.ts";
import { linkRoutes } from "./pages/links.ts";
import { pageRoutes } from "./pages/routes.ts";
import type { Clock, Ids, Log } from "./ports.ts";
import { loadTexts } from "./reply/texts.ts";
import type { Random } from "./requests/receipt.ts";
import type { RequestType } from "./requests/request-type.ts";
import { createRounds } from "./requests/rounds.ts";
import { steadyClock } from "./requests/steady.ts";
import { clearLeftovers, DATABASE_FILE } from "./storage/backup.ts";
import { openSqlite } from "./storage/sqlite/open.ts";
import { createStores } from "./storage/store.ts";
import { folderWitness } from "./storage/witness.ts";
import { StoreUnavailable } from "./turn/store.ts";
import type { Brain } from "./turn/talk.ts";
import { createTurn, type Turn } from "./turn/turn.ts";
import { MAX_MESSAGE } from "./understanding/normalize.ts";
import { mask } from "./understanding/personal/mask.ts";
import type { Bundle } from "./widget/bundle/load.ts";
import { BRANDS, widgetRoutes } from "./widget/routes.ts";

export interface App {
  /** Serves. Resolves with the port. */
  start(): Promise<number>;
  /** Ends what runs, refuses what is new, and closes everything; within 15 seconds. */
  stop(): Promise<void>;
  /** The hand-offs, for whoever works on them. */
  desk: HandoffDesk;
  handoffEvents: Turn["handoffEvents"];
  /** Resolves when the disk has refused a write: from then on this process only reads, and must be started anew. */
  readonly broken: Promise<void>;
}

/** What people see in a browser: without it, only programs are served. */
export interface Website {
  /** Of the operators served and maybe more. */
  operators: readonly Operator[];
  content: Content;
  bundle: Bundle;
}

/** How notices go out: without it nobody is written to. */
export interface Post {
  mail: Mail;
  letters: Letters;
  /** Operators whose desk has an address of its own. */
  desks: ReadonlySet<string>;
}

const LOCALES_FOLDER = join(import.meta.dirname, "../locales");
const GRACE_MS = 8_000;
const CHECK_MS = 1_000;

/** Every wire of the service. @throws when the settings and the data do not fit each other */
export async function createApp(
  config: Config,
  ports: { clock: Clock; ids: Ids; random: Random; log: Log; staffing?: Staffing },
  brain: Brain,
  website?: Website,
  post?: Post,
): Promise<App> {
  const { clock, ids, log } = ports;
  const stray = strayOperators(config, brain.operators);
  if (stray.length > 0) throw new Error(stray.join("\n"));
  const texts = await loadTexts(LOCALES_FOLDER);
  const metrics = createMetrics();
  const { promise: broken, resolve: onBroken } = Promise.withResolvers<void>();
  void broken.then(() => log.error("store.broken"));
  const database = openSqlite(join(config.dataDir, DATABASE_FILE), { onBroken });
  const store = await createStores(database, config.dataKey, {
    witness: folderWitness(config.witnessDir),
    log,
    ...(post ? { audience: { customers: true, desks: post.desks } } : {}),
  });
  clearLeftovers(config.dataDir, clock.now());
  const steady = steadyClock(clock, () => performance.now());
  const pushing = await pushingChannels();
  const turn: Turn = createTurn({
    staffing: { staffed: (operator) => store.console.accounts.staffed(operator, ["agent", "supervisor"]) },
    ...ports,
    brain,
    texts,
    store,
    senders: new Map(pushing.flatMap(({ name, sender }) => (sender ? [[name, sender]] : []))),
    languages: new Map(pushing.flatMap(({ name, language }) => (language ? [[name, language]] : []))),
    readers: new Map(pushing.flatMap(({ name, read }) => (read ? [[name, read]] : []))),
    steady,
    rounds: createRounds(store.docket, steady, log),
    onTurn({ operator, channel, state, ms }) {
      metrics.turns.inc({ operator, channel, state });
      metrics.turnSeconds.observe({ channel }, ms / 1_000);
    },
  });
  const office = post && createPostOffice({ outbox: store.notices, ...post, clock, log });
  const { publicUrl } = config;
  const origins = originsOf(config, brain);
  const allows = allowsOrigin(origins);
  const settings = { publicUrl, operators: brain.operators, secrets: secretsOf(config, brain), allows };
  const channels: Channel[] = [
    ...pushing,
    directLine({
      ...ports,
      settings,
      tokenKey: config.tokenKey,
      texts,
      store,
      sessions: store.sessions,
      turn,
    }),
  ];

  const showWriting = async (id: string) => {
    const chat = await store.conversations.find(id).catch(() => undefined);
    if (chat) pushing.find(({ name }) => name === chat.channel)?.agentWrites?.(chat);
  };
  turn.onTyping((id) => void showWriting(id));

  const staff = website && consoleOf(website);

  let stopping = false;
  const readiness = cached(CHECK_MS, async (): Promise<Readiness> => {
    if (stopping) return "stopping";
    const checked = store.check().then(
      () => "ready" as const,
      () => "degraded" as const,
    );
    return Promise.race([checked, sleep(CHECK_MS, "degraded" as const, { ref: false })]);
  });
  async function collect(): Promise<void> {
    const [inbox, outbox] = [await store.inbox.counts(), await store.outbox.counts()];
    const notices = await store.notices.counts();
    for (const [box, counts] of Object.entries({ inbox, outbox, notices }))
      for (const state of ["waiting", "dead"] as const) metrics.letters.set({ box, state }, counts[state]);
    const pending = await store.handoffs.pending();
    for (const operator of brain.operators) {
      const here = pending.filter((one) => one.operator === operator);
      const waiting = here.filter(({ state }) => state === "requested");
      metrics.handoffs.set({ operator, state: "waiting" }, waiting.length);
      metrics.handoffs.set({ operator, state: "assigned" }, here.length - waiting.length);
      const [first] = waiting;
      const waitedMs = first ? Math.max(0, clock.now() - first.requestedAt) : 0;
      metrics.longestWait.set({ operator }, waitedMs / 1_000);
    }
    for (const { name: channel, pushes } of channels)
      for (const { operator, count, limit } of (await pushes?.()) ?? []) {
        metrics.pushes.set({ channel, operator }, count);
        if (limit !== undefined) metrics.pushLimit.set({ channel, operator }, limit);
      }
  }
  const server = createHttpServer({
    routes: [
      ...channels.flatMap((c) => c.routes),
      ...(website ? websiteRoutes(website) : []),
      ...(staff?.routes ?? []),
      ...healthRoutes(readiness),
      metricsRoute(metrics, collect),
    ],
    upgrades: [...channels.flatMap((c) => c.upgrades), ...(staff?.upgrades ?? [])],
    trusted: trustedProxies(config.trustedProxies),
    secure: publicUrl.startsWith("https:"),
    ids,
    log,
    metrics,
    answerTo: (error) => (error instanceof StoreUnavailable ? unavailable() : undefined),
  });

  return {
    desk: turn.desk,
    handoffEvents: turn.handoffEvents,
    broken,
    async start() {
      turn.start();
      office?.start();
      const port = await server.listen(config.port, config.host);
      log.info("desk.open", { port, operators: brain.operators.length });
      return port;
    },
    async stop() {
      stopping = true;
      const posted = office?.stop();
      log.info("desk.closing", { sockets: server.sockets.size });
      await server.stop(GRACE_MS);
      await turn.stop();
      await posted;
      for (const channel of channels) channel.stop();
      staff?.stop();
      await store.close();
      log.info("desk.closed");
    },
  };

  function consoleOf({ content, bundle }: Website): AgentConsole {
    let wording: Promise<Awaited<ReturnType<typeof load>>> | undefined;
    /** The parsers of forms are heavy: they come with the first request that is looked at. */
    async function load() {
      const { createFormReading } = await import("./dialog/reading.ts");
      const reading = createFormReading(wordingsOf(content.answers, texts));
      const twoWeeks = (type: RequestType) => content.procedures.get(type)?.twoWeeks ?? false;
      return { texts, forms: FORMS, reading, twoWeeks };
    }
    return agentConsole({
      ...ports,
      texts,
      content,
      docket: store.docket,
      audit: store.audit,
      stores: store.console,
      desk: turn.desk,
      forms: FORMS,
      async pushes(channel, operator) {
        const counted = await channels.find(({ name }) => name === channel)?.pushes?.();
        return counted?.find((one) => one.operator === operator);
      },
      clausesFor: (operator, talk, text) => brain.clausesFor?.(operator, talk, text) ?? [],
      tokenKey: config.tokenKey,
      publicUrl,
      operators: brain.operators,
      bundle: bundle.console,
      wording() {
        wording ??= load();
        return wording;
      },
      mask: (text) => mask(text).text,
      onAlarm: (kind, operator) => metrics.alarms.inc({ kind, operator }),
      useTicket: (ticket, until) => store.sessions.useTicket(ticket, until),
    });
  }

  /** The channels of other platforms, those that are set up; their libraries are loaded with them. */
  async function pushingChannels(): Promise<Channel[]> {
    const common = { ...ports, store, texts, turn: () => turn };
    const channels: Channel[] = [];
    const accounts = lineAccountsOf(config, brain);
    if (accounts.size > 0) {
      const { line } = await import("./channels/line/index.ts");
      const settings: LineSettings = { publicUrl: config.publicUrl, apiBase: config.lineApiBase, accounts };
      const onMarked: LineOptions["onMarked"] = (operator, state) =>
        metrics.readMarks.inc({ channel: LINE, operator, state });
      const own = { settings, records: store.line, linkPage: pageOfLinks(), onMarked };
      channels.push(await line({ ...common, ...own }));
    }
    if (config.teams) {
      const { teams } = await import("./channels/teams/index.ts");
      const named = { operators: namedOperators(brain, website), publicUrl: config.publicUrl };
      channels.push(teams({ ...common, ...named, settings: config.teams, references: store.references }));
    }
    return channels;
  }

  function pageOfLinks(): LinkPage | undefined {
    if (!website) return undefined;
    const { bundle, operators } = website;
    const known = new Map(operators.map((o) => [o.id, o]));
    return (view, to) =>
      linkPage({ texts, styles: bundle.pages, brands: BRANDS, operator: known.get(view.operator) }, view, to);
  }

  function websiteRoutes({ operators, bundle }: Website): Route[] {
    const served = operators.filter((o) => brain.operators.includes(o.id));
    const common = { operators: served, texts, maxLength: MAX_MESSAGE };
    return [
      ...widgetRoutes({
        ...common,
        bundle,
        publicUrl,
        allows,
        local: origins.local,
        originsOf: (operator) => origins.listed.get(operator) ?? [],
        retentionDays: (operator) => brain.retention(operator).chatDays,
      }),
      ...pageRoutes({ ...common, brain, styles: bundle.pages, brands: BRANDS }),
      ...linkRoutes({ ...common, store, clock, ids, styles: bundle.pages, brands: BRANDS }),
    ];
  }

  function cached<T>(ms: number, read: () => Promise<T>): () => Promise<T> {
    let [last, at] = [read(), clock.now()];
    return () => {
      if (Math.abs(clock.now() - at) >= ms || stopping) [last, at] = [read(), clock.now()];
      return last;
    };
  }
}

function originsOf(config: Config, brain: Brain): AllowedOrigins {
  const listed = new Map(
    brain.operators.map((operator) => [operator, config.origins.get(suffixOf(operator)) ?? []]),
  );
  return { own: new URL(config.publicUrl).origin, listed, local: !config.production };
}

/** The operators served, by the names that customers know; without content at hand, by their ids. */
function namedOperators(brain: Brain, website: Website | undefined) {
  return brain.operators.map((id) => {
    const name = website?.operators.find((operator) => operator.id === id)?.name;
    return { id, name: name ?? { ja: id, en: id } };
  });
}

function lineAccountsOf(config: Config, brain: Brain): LineSettings["accounts"] {
  return new Map(
    brain.operators.flatMap((operator) => {
      const account = config.line.get(suffixOf(operator));
      return account ? [[operator, account]] : [];
    }),
  );
}

/** The secrets that are set; in development every operator has one. */
function secretsOf(config: Config, brain: Brain): Map<string, string> {
  const secrets = new Map<string, string>();
  for (const operator of brain.operators) {
    const secret = config.secrets.get(suffixOf(operator));
    if (secret !== undefined) secrets.set(operator, secret);
    else if (!config.production) secrets.set(operator, developmentSecret(config.tokenKey, operator));
  }
  return secrets;
}
