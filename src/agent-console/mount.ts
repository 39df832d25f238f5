import type { Answer, Exchange, Route } from "../http/exchange.ts";
import { problem } from "../http/problem.ts";
import type { Clock, Log } from "../ports.ts";
import type { Audit, AuditEntry } from "../requests/audit.ts";
import type { Cookies } from "./cookie.ts";
import { judge } from "./policy.ts";
import { isRead } from "./reading.ts";
import type { AtOperator, ConsoleRoute } from "./route.ts";
import { hasToken, isOwnPage } from "./same-page.ts";
import type { Session, Sessions } from "./sessions.ts";
import type { WatchedReading } from "./watched.ts";

/**
 * What somebody should look at: an account has reached the limit of reading, reads while the desk is closed, or a sign-in
 * was refused (at no operator: `*`).
 */
export type OnAlarm = (kind: "reading" | "after-hours" | "sign-in", operator: string) => void;

/** What stands between a caller and every route of the console. */
export interface Gate {
  cookies: Cookies;
  sessions: Sessions;
  reading: WatchedReading;
  audit: Audit;
  clock: Clock;
  log: Log;
  /** Blacks out personal numbers in what goes to the audit. */
  mask: (text: string) => string;
  onAlarm: OnAlarm;
  /** Our own origin, and the key of the tokens that hang on a session. */
  origin: string;
  tokenKey: Uint8Array;
}

/** Console routes as routes of the server. In this order: our page, who, may they, our session, what, the audit. */
export const mount = (routes: readonly ConsoleRoute[], gate: Gate): Route[] =>
  routes.map((route) => ({
    method: route.method,
    path: route.path,
    body: route.method === "POST" ? "json" : "none",
    handle: (exchange) => pass(route, exchange, gate),
  }));

/** Whose session a request brings. */
export async function sessionOf(
  { header }: Pick<Exchange, "header">,
  { cookies, sessions, clock }: Pick<Gate, "cookies" | "sessions" | "clock">,
): Promise<{ secret: string; session: Session } | undefined> {
  const secret = cookies.session(header("cookie"));
  const session = secret === undefined ? undefined : await sessions.find(secret, clock.now());
  return secret !== undefined && session ? { secret, session } : undefined;
}

async function pass(route: ConsoleRoute, exchange: Exchange, gate: Gate): Promise<Answer> {
  const changes = route.method === "POST";
  if (changes && !isOwnPage(exchange, gate.origin)) return problem("OriginRefused");
  const found = await sessionOf(exchange, gate);
  const { operator = "" } = exchange.params;
  switch (judge(route.policy, found?.session.grants, operator)) {
    case "sign-in":
      return problem("SignInFirst");
    case "unknown":
      return problem("NotFound");
    case "forbidden":
      return problem("Forbidden");
    case "pass":
  }
  const ours = route.policy.for !== "anyone";
  if (changes && ours && found && !hasToken(exchange, gate.tokenKey, found.secret))
    return problem("OriginRefused");
  const told = route.takes.safeParse(changes ? exchange.body : queryOf(exchange));
  if (!told.success) return problem("BadArgument");
  const call = { exchange, now: gate.clock.now(), session: found?.session, operator };
  const refused = found
    ? await recorded(route, { ...call, session: found.session }, told.data, gate)
    : undefined;
  return refused ?? route.handle(call, told.data);
}

/** A row of the audit for the call. */
export function entryOf(
  { session, operator, exchange, now }: AtOperator,
  what: AuditEntry["what"],
  subject: string | null,
  reason: string,
  mask: (text: string) => string,
): AuditEntry {
  const role = session.grants[operator]?.join("+") ?? "";
  const why = mask(reason);
  const from = `from ${exchange.address}`;
  return {
    at: now,
    actor: session.account,
    role,
    operator,
    what,
    subject,
    reason: why ? `${why} (${from})` : from,
  };
}

/** Undefined when the audit has it and the route may run. */
async function recorded(
  { trail }: ConsoleRoute,
  call: AtOperator,
  told: unknown,
  { audit, reading, mask }: Gate,
): Promise<Answer | undefined> {
  if (trail === "nothing" || trail === "with-its-effect") return undefined;
  const reason = typeof told === "object" && told !== null && "reason" in told ? String(told.reason) : "";
  const { receipt = null, handoff = receipt } = call.exchange.params;
  const entry = entryOf(call, trail, handoff, reason, mask);
  if (!isRead(trail)) {
    await audit.record(entry);
    return undefined;
  }
  return (await reading.admit(entry, call.now)) ? undefined : problem("ApprovalNeeded");
}

/** A field that is there twice fits no schema. */
function queryOf({ query }: Exchange): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const all = query.getAll(name);
      return [name, all.length === 1 ? (all[0] ?? "") : all];
    }),
  );
}
