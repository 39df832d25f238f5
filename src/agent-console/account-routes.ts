import { z } from "zod";
import type { Answer } from "../http/exchange.ts";
import { problem, tooMany, unavailable } from "../http/problem.ts";
import type { Log } from "../ports.ts";
import type { Localized } from "../reply/locale.ts";
import type { Audit, AuditEntry } from "../requests/audit.ts";
import type { Cookies } from "./cookie.ts";
import { drawnCode } from "./drawn-code.ts";
import { enrol } from "./enrol.ts";
import { totpAddress } from "./one-time.ts";
import { issueOf, PasswordsBusy } from "./password.ts";
import { anyone, type Call, type ConsoleRoute, signedIn } from "./route.ts";
import { csrfToken } from "./same-page.ts";
import { type Door, newSecret, prove, signIn } from "./sign-in.ts";
import { newTicket, type Streams } from "./streams.ts";

export interface AccountOptions {
  door: Door;
  cookies: Cookies;
  streams: Streams;
  audit: Audit;
  log: Log;
  tokenKey: Uint8Array;
  /** Names of the operators served, by id. */
  operators: ReadonlyMap<string, Localized>;
}

const nothing = z.strictObject({});
const login = z.string().min(1).max(200);
const password = z.string().min(1).max(512);
const code = z.string().min(1).max(40);
const token = z.string().regex(/^[\w-]{43}$/);

/** Signing in and out, invitations, and what belongs to one's own account. */
export function accountRoutes(options: AccountOptions): ConsoleRoute[] {
  const { door, cookies, streams, audit, log, tokenKey, operators } = options;
  const { accounts, sessions, passwords, random } = door;
  const secretOf = ({ exchange }: Call) => cookies.session(exchange.header("cookie"));
  const whence = ({ exchange }: Call) => ({
    address: exchange.address,
    device: cookies.device(exchange.header("cookie")),
  });
  const recorded = ({ exchange, now }: Call, account: string, what: AuditEntry["what"], reason: string) => ({
    at: now,
    actor: account,
    role: "self",
    operator: "*",
    what,
    subject: account,
    reason: `${reason} (from ${exchange.address})`,
  });

  return [
    anyone({
      method: "GET",
      path: "/console/api/me",
      takes: nothing,
      async handle(call) {
        const secret = secretOf(call);
        const session = secret === undefined ? undefined : await sessions.find(secret, call.now);
        if (!session || secret === undefined)
          return { status: 200, body: { signedIn: false, accounts: await accounts.any() } };
        const { id, login, name, grants } = session;
        const desks = [...operators].flatMap(([operator, title]) =>
          Object.hasOwn(grants, operator) ? [{ id: operator, name: title, roles: grants[operator] }] : [],
        );
        const csrf = csrfToken(tokenKey, secret);
        return {
          status: 200,
          body: { signedIn: true, session: id, account: session.account, login, name, desks, csrf },
        };
      },
    }),
    anyone({
      method: "POST",
      path: "/console/api/sign-in",
      takes: z.strictObject({ login, password, code }),
      handle: (call, told) =>
        whenFree(async () => {
          const done = await signIn(door, told, whence(call), call.now);
          if (done.kind === "wait") return tooMany(done.ms);
          if (done.kind === "no") {
            log.warn("console.sign-in", { state: "refused" });
            return problem("BadSignIn");
          }
          await endOwn(call);
          await audit.record(recorded(call, done.account, "sign-in", "signed in"));
          const device = done.device === undefined ? [] : [cookies.remember(done.device)];
          return { status: 200, body: {}, cookies: [cookies.begin(done.secret), ...device] };
        }),
    }),
    anyone({
      method: "POST",
      path: "/console/api/invitation",
      takes: z.strictObject({ token }),
      async handle({ now }, told) {
        const invited = await accounts.invitation(told.token, now);
        if (!invited) return problem("NotFound");
        const { login, name, totp } = invited;
        return {
          status: 200,
          body: { login, name, secret: totp, code: drawnCode(totpAddress(totp, login)) },
        };
      },
    }),
    anyone({
      method: "POST",
      path: "/console/api/enrol",
      takes: z.strictObject({ token, password, code }),
      handle: (call, told) =>
        whenFree(async () => {
          const done = await enrol(door, told, call.now);
          switch (done.kind) {
            case "used":
              return problem("NotFound");
            case "code":
            case "password":
              return { status: 422, body: { issue: done.kind === "code" ? "code" : done.issue } };
            case "enrolled":
              await audit.record(recorded(call, done.account, "account", "invitation taken up"));
              return { status: 200, body: { recovery: done.recovery } };
          }
        }),
    }),
    signedIn({
      method: "POST",
      path: "/console/api/sign-out",
      takes: nothing,
      async handle(call) {
        await endOwn(call);
        return { status: 200, body: {}, cookies: [cookies.end()], headers: { "Clear-Site-Data": '"cache"' } };
      },
    }),
    signedIn({
      method: "POST",
      path: "/console/api/password",
      takes: z.strictObject({ password, code, next: password }),
      handle: (call, told) =>
        whenFree(async () => {
          const { account, login, name } = call.session;
          const issue = issueOf(told.next, [login, name]);
          if (issue) return { status: 422, body: { issue } };
          const proven = await prove(door, { ...told, login }, whence(call), call.now);
          if (proven.kind === "wait") return tooMany(proven.ms);
          if (proven.kind === "no") return { status: 422, body: { issue: "old" } };
          const hash = await passwords.hash(told.next);
          await accounts.setPassword(account, hash, recorded(call, account, "account", "password changed"));
          const secret = newSecret(random);
          await sessions.begin(account, secret, call.now);
          await streams.look();
          return { status: 200, body: {}, cookies: [cookies.begin(secret)] };
        }),
    }),
    signedIn({
      method: "GET",
      path: "/console/api/sessions",
      takes: nothing,
      async handle({ session, now }) {
        const list = await sessions.of(session.account, now);
        return {
          status: 200,
          body: { sessions: list.map((line) => ({ ...line, own: line.id === session.id })) },
        };
      },
    }),
    signedIn({
      method: "POST",
      path: "/console/api/sessions/end",
      takes: z.strictObject({ id: z.string().min(1).max(64) }),
      async handle({ session }, { id }) {
        if (!(await sessions.end(session.account, id))) return problem("NotFound");
        await streams.look();
        return { status: 200, body: {} };
      },
    }),
    signedIn({
      method: "POST",
      path: "/console/api/stream-ticket",
      takes: nothing,
      handle: ({ session, now }) => ({ status: 200, body: { ticket: newTicket(tokenKey, session.id, now) } }),
    }),
  ];

  /** Ends the session that the request came with, if it came with one. */
  async function endOwn(call: Call): Promise<void> {
    const secret = secretOf(call);
    const session = secret === undefined ? undefined : await sessions.find(secret, call.now);
    if (!session) return;
    await sessions.end(session.account, session.id);
    await streams.look();
  }
}

async function whenFree(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PasswordsBusy) return unavailable();
    throw error;
  }
}
