import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { TOTP } from "otpauth";
import { onTestFinished } from "vitest";
import { newTotp } from "../../src/agent-console/one-time.ts";
import { Passwords } from "../../src/agent-console/password.ts";
import type { Grants } from "../../src/agent-console/role.ts";
import { CSRF_HEADER } from "../../src/agent-console/same-page.ts";
import { noLog } from "../../src/ports.ts";
import type { AuditEntry } from "../../src/requests/audit.ts";
import { DATABASE_FILE } from "../../src/storage/backup.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { createStores, type Stores } from "../../src/storage/store.ts";
import { folderWitness } from "../../src/storage/witness.ts";
import { type Reply, replyOf } from "./client.ts";
import type { DeskOptions, TestDesk } from "./desk.ts";
import { openWebsite } from "./visitor.ts";

export const PASSWORD = "kumo to sakana 41 tsukue";
let hashed: Promise<string> | undefined;

/** Somebody who can sign in, with what they sign in with. */
export interface Staff {
  id: string;
  login: string;
  totp: string;
}

export interface ConsoleDesk {
  desk: TestDesk;
  /** The same database, as another process sees it. */
  store: Stores;
  /** Moves by hand, and by itself where it was asked to. */
  clock: { at: number; now: () => number };
  /** `name`: as colleagues and customers see it. */
  invite(login: string, grants: Grants, name?: string): Promise<Staff & { token: string }>;
  /** An account that has taken up its invitation. */
  hire(login: string, grants: Grants, name?: string): Promise<Staff>;
  /** Signed in; the clock is moved on, since each code is good once. */
  enter(login: string, grants: Grants): Promise<Client>;
  signIn(staff: Staff, headers?: Record<string, string>): Promise<Client>;
  client(headers?: Record<string, string>): Client;
}

export const codeOf = ({ totp }: Pick<Staff, "totp">, now: number): string =>
  new TOTP({ secret: totp }).generate({ timestamp: now });

export const accountAudit = (subject: string, at: number): AuditEntry => ({
  at,
  actor: "test",
  role: "officer",
  operator: "*",
  what: "account",
  subject,
  reason: "test",
});

/** A desk with its console, at ten o'clock on a Monday in November 2026. `runs`: its clock goes on by itself, too. */
export async function openConsole(
  options: Partial<DeskOptions> = {},
  { runs = false } = {},
): Promise<ConsoleDesk> {
  const began = performance.now();
  const clock = {
    at: Date.parse("2026-11-16T10:00:00+09:00"),
    now: () => clock.at + (runs ? Math.floor(performance.now() - began) : 0),
  };
  const desk = await openWebsite({ clock, ...options });
  const { dataDir, dataKey, publicUrl, witnessDir } = desk.config;
  const outside = { witness: folderWitness(witnessDir), log: noLog };
  const store = await createStores(openSqlite(join(dataDir, DATABASE_FILE)), dataKey, outside);
  onTestFinished(() => store.close());
  const { accounts } = store.console;
  const around: ConsoleDesk = {
    desk,
    store,
    clock,
    client: (headers = {}) => new Client(desk.url, new URL(publicUrl).origin, headers),
    async invite(login, grants, name = `${login} さん`) {
      const token = randomBytes(32).toString("base64url");
      const totp = newTotp(randomBytes);
      const id = `a-${login}`;
      const until = clock.at + 72 * 3_600_000;
      await accounts.add(
        { id, login, name, grants },
        { token, totp, until },
        clock.at,
        accountAudit(id, clock.at),
      );
      return { id, login, totp, token };
    },
    async hire(login, grants, name) {
      const invited = await around.invite(login, grants, name);
      hashed ??= new Passwords().hash(PASSWORD);
      await accounts.enrol(invited.token, await hashed, 0, ["22222-33333"], clock.at);
      return invited;
    },
    async signIn(staff, headers = {}) {
      const client = around.client(headers);
      clock.at += 31_000;
      const done = await client.signIn(staff.login, PASSWORD, codeOf(staff, clock.now()));
      if (done.status !== 200) throw new Error(`not signed in: ${done.status}`);
      return client;
    },
    enter: async (login, grants) => around.signIn(await around.hire(login, grants)),
  };
  return around;
}

/** A browser's part of talking to the console, without the browser: cookies, origin and token. */
export class Client {
  readonly url: string;
  readonly origin: string;
  readonly headers: Record<string, string>;
  cookies = new Map<string, string>();
  csrf = "";

  constructor(url: string, origin: string, headers: Record<string, string>) {
    this.url = url;
    this.origin = origin;
    this.headers = headers;
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  async signIn(login: unknown, password: unknown, code: unknown): Promise<Reply> {
    const done = await this.post("sign-in", { login, password, code });
    if (done.status === 200) await this.look();
    return done;
  }

  async look(): Promise<Reply<{ signedIn: boolean; csrf?: string; session?: string; accounts?: boolean }>> {
    const me = await this.get<{ signedIn: boolean; csrf?: string; session?: string }>("me");
    this.csrf = me.body.csrf ?? "";
    return me;
  }

  get<T = Record<string, unknown>>(path: string, headers: Record<string, string> = {}): Promise<Reply<T>> {
    return this.send<T>("GET", path, undefined, headers);
  }

  post<T = Record<string, unknown>>(
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply<T>> {
    return this.send<T>("POST", path, JSON.stringify(body), headers);
  }

  async send<T>(
    method: string,
    path: string,
    body: string | undefined,
    headers: Record<string, string>,
  ): Promise<Reply<T>> {
    const own = {
      ...(method === "GET" ? {} : { "Content-Type": "application/json", Origin: this.origin }),
      ...(this.csrf ? { [CSRF_HEADER]: this.csrf } : {}),
      ...(this.cookies.size > 0 ? { Cookie: this.cookie } : {}),
    };
    const all = Object.entries({ ...own, ...this.headers, ...headers }).filter(([, value]) => value !== "");
    const response = await fetch(path.startsWith("/") ? this.url + path : `${this.url}/console/api/${path}`, {
      method,
      headers: Object.fromEntries(all),
      ...(body === undefined ? {} : { body }),
      redirect: "manual",
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return replyOf<T>(response);
  }

  #keep(line: string): void {
    const [pair = "", ...attributes] = line.split("; ");
    const [name = "", value = ""] = pair.split("=", 2);
    if (attributes.includes("Max-Age=0")) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
