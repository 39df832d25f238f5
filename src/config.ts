import { hkdfSync } from "node:crypto";
import { z } from "zod";
import { operatorsNamed, readTeams, type TeamsSettings } from "./channels/teams/settings.ts";
import { trustedProxies } from "./http/address.ts";
import type { LogLevel } from "./http/log.ts";
import type { SmtpSettings } from "./notices/mail.ts";
import { readMail } from "./notices/settings.ts";

/** The settings, checked. Times, sizes and meanings stand with each variable in `schema`. */
export interface Config {
  production: boolean;
  port: number;
  host: string;
  /** Undefined: every operator that there is content for. */
  operators: string[] | undefined;
  /** Without a slash at its end. */
  publicUrl: string;
  dataDir: string;
  /** Where what must not be turned back with the database is kept: the audit's head, and what was erased. */
  witnessDir: string;
  /** 32 bytes. */
  dataKey: Uint8Array;
  /** 32 bytes. */
  tokenKey: Uint8Array;
  /** By the suffix of the variable's name, such as `SAKURA_INTERNET`. */
  secrets: ReadonlyMap<string, string>;
  origins: ReadonlyMap<string, readonly string[]>;
  /** Operators' accounts on LINE, by the suffix of the variable's name. */
  line: ReadonlyMap<string, LineAccount>;
  /** Addresses of LINE's Messaging API, for calls and for files. */
  lineApiBase: string;
  lineDataApiBase: string;
  trustedProxies: string[];
  /** "files": development writes them below the data. Undefined: no mail, and nothing that needs it is offered. */
  mail: SmtpSettings | "files" | undefined;
  logLevel: LogLevel;
  /** Undefined: Azure Bot Service finds nothing here. */
  teams: TeamsSettings | undefined;
}

export interface LineAccount {
  secret: string;
  accessToken: string;
  /** Pushes a calendar month in Japan; undefined: no limit of ours. */
  pushLimit: number | undefined;
}

/** What development may do without: keys that are made once and kept beside the data. */
export interface DevelopmentKeys {
  dataKey: string;
  tokenKey: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;
export type ConfigResult = { kind: "config"; config: Config } | { kind: "problems"; problems: string[] };

const SECRET = "DIRECT_LINE_SECRET_";
const ORIGINS = "WIDGET_ORIGINS_";
const [LINE_SECRET, LINE_TOKEN] = ["LINE_CHANNEL_SECRET_", "LINE_CHANNEL_ACCESS_TOKEN_"];
const LINE_LIMIT = "LINE_PUSH_LIMIT_";
const MIN_SECRET = 16;
const MIN_TOKEN_KEY = 32;

const list = z.string().transform((text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== ""),
);

const API_BASE = "must be an https address without a path (http on this machine alone)";

/** Each variable: its form and its default. Messages name what is expected and never the value. */
const schema = z.object({
  PORT: z.coerce
    .number({ error: "must be a port" })
    .int("must be a port")
    .min(1, "must be a port")
    .max(65_535, "must be a port")
    .default(3978),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, "must be an address or a name")
    .default("127.0.0.1"),
  OPERATORS: list
    .refine((slugs) => slugs.every((s) => /^[a-z0-9-]+$/.test(s)), "must be names of operators")
    .optional(),
  PUBLIC_URL: z.string().refine(isPublicUrl, "must be an http or https address without query").optional(),
  DATA_DIR: z.string().default("data"),
  WITNESS_DIR: z.string().optional(),
  DATABASE_URL: z.undefined({ error: "is not supported yet: leave it unset" }).optional(),
  LINE_API_BASE: z.string().refine(isApiBase, API_BASE).default("https://api.line.me"),
  LINE_DATA_API_BASE: z.string().refine(isApiBase, API_BASE).default("https://api-data.line.me"),
  TRUSTED_PROXIES: list.refine(areProxies, "must be addresses or networks, separated by commas").default([]),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], "must be debug, info, warn, error or silent")
    .default("info"),
  NODE_ENV: z
    .enum(["development", "production", "test"], "must be development, production or test")
    .default("development"),
});

/**
 * Settings from the environment, or everything that is wrong with them. In production nothing secret has
 * a default. `readFile` reads DATA_KEY_FILE; `developmentKeys` makes or finds the keys of a data folder.
 */
export function readConfig(
  env: Environment,
  readFile: (path: string) => string,
  developmentKeys: (dataDir: string) => DevelopmentKeys,
): ConfigResult {
  const problems: string[] = [];
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = schema.safeParse(given);
  for (const issue of parsed.error?.issues ?? []) problems.push(`${issue.path.join(".")} ${issue.message}`);
  const production = env.NODE_ENV === "production";

  const [secrets, origins] = [suffixed(env, SECRET), suffixed(env, ORIGINS)];
  for (const [suffix, secret] of secrets) {
    const weak = weakness(secret, production ? MIN_SECRET : 1);
    if (weak && (production || secret === "")) problems.push(`${SECRET}${suffix} ${weak}`);
  }
  const originLists = new Map<string, string[]>();
  for (const [suffix, text] of origins) {
    const parts = list.parse(text);
    if (!parts.every(isOrigin))
      problems.push(
        `${ORIGINS}${suffix} must be origins such as https://www.example.jp, separated by commas`,
      );
    originLists.set(suffix, parts);
  }

  const host = parsed.data?.HOST ?? env.HOST ?? "";
  const teams = readTeams(
    env,
    { production, host, weakness: (secret) => weakness(secret, MIN_SECRET) },
    problems,
  );
  const line = lineAccounts(env, production, problems);
  const smtp = readMail(given.SMTP_URL, given.MAIL_FROM, problems);
  const keys = readKeys(
    env,
    production,
    readFile,
    () => developmentKeys(parsed.data?.DATA_DIR ?? "data"),
    problems,
  );
  if (!parsed.success || !keys || problems.length > 0) return { kind: "problems", problems };
  const { PORT, HOST, OPERATORS, PUBLIC_URL, DATA_DIR, WITNESS_DIR, TRUSTED_PROXIES, LOG_LEVEL } =
    parsed.data;
  const { LINE_API_BASE, LINE_DATA_API_BASE } = parsed.data;
  const config: Config = {
    production,
    port: PORT,
    host: HOST,
    operators: OPERATORS,
    publicUrl: (
      PUBLIC_URL ??
      `http://${/^(0\.0\.0\.0|::)$/.test(HOST) ? "localhost" : HOST.includes(":") ? `[${HOST}]` : HOST}:${PORT}`
    ).replace(/\/+$/, ""),
    dataDir: DATA_DIR,
    witnessDir: WITNESS_DIR ?? DATA_DIR,
    ...keys,
    secrets,
    origins: originLists,
    line,
    lineApiBase: LINE_API_BASE,
    lineDataApiBase: LINE_DATA_API_BASE,
    trustedProxies: TRUSTED_PROXIES,
    mail: smtp ?? (production ? undefined : "files"),
    logLevel: LOG_LEVEL,
    teams,
  };
  return { kind: "config", config };
}

/** `sakura-internet` stands in a variable's name as `SAKURA_INTERNET`. */
export function suffixOf(operator: string): string {
  return operator.toUpperCase().replaceAll("-", "_");
}

/** Settings that name an operator which is not served. */
export function strayOperators(config: Config, operators: readonly string[]): string[] {
  const known = new Set(operators.map(suffixOf));
  const stray = (prefix: string, names: Iterable<string>) =>
    [...names]
      .filter((name) => !known.has(name))
      .map((name) => `${prefix}${name} names no operator that is served`);
  const teams = (config.teams ? operatorsNamed(config.teams) : []).filter((o) => !operators.includes(o));
  return [
    ...stray(SECRET, config.secrets.keys()),
    ...stray(ORIGINS, config.origins.keys()),
    ...stray(LINE_SECRET, config.line.keys()),
    ...(teams.length > 0 ? ["TEAMS_OPERATOR names an operator that is not served"] : []),
  ];
}

/** An account needs its secret and its token; of the two one alone is a mistake, whatever the environment. */
function lineAccounts(env: Environment, production: boolean, problems: string[]): Map<string, LineAccount> {
  const [secrets, tokens] = [suffixed(env, LINE_SECRET), suffixed(env, LINE_TOKEN)];
  const limits = suffixed(env, LINE_LIMIT);
  const accounts = new Map<string, LineAccount>();
  for (const suffix of new Set([...secrets.keys(), ...tokens.keys()])) {
    const [secret, accessToken] = [secrets.get(suffix), tokens.get(suffix)];
    const limit = limits.get(suffix);
    const before = problems.length;
    for (const [prefix, value] of [
      [LINE_SECRET, secret],
      [LINE_TOKEN, accessToken],
    ] as const) {
      const weak = value === undefined ? "is missing" : weakness(value, production ? MIN_SECRET : 1);
      if (weak) problems.push(`${prefix}${suffix} ${weak}`);
    }
    if (secret !== undefined && secret === accessToken)
      problems.push(`${LINE_TOKEN}${suffix} must not be the same as ${LINE_SECRET}${suffix}`);
    if (limit !== undefined && limit !== "" && !/^[1-9]\d{0,8}$/.test(limit))
      problems.push(`${LINE_LIMIT}${suffix} must be a number of messages`);
    if (problems.length > before || secret === undefined || accessToken === undefined) continue;
    accounts.set(suffix, { secret, accessToken, pushLimit: limit ? Number(limit) : undefined });
  }
  for (const suffix of limits.keys())
    if (!secrets.has(suffix) && !tokens.has(suffix))
      problems.push(`${LINE_LIMIT}${suffix} needs ${LINE_SECRET}${suffix} and ${LINE_TOKEN}${suffix}`);
  return accounts;
}

function readKeys(
  env: Environment,
  production: boolean,
  readFile: (path: string) => string,
  development: () => DevelopmentKeys,
  problems: string[],
): Pick<Config, "dataKey" | "tokenKey"> | undefined {
  const before = problems.length;
  const given = dataKeyFrom(env, "DATA_KEY", readFile, problems);
  const { name } = given;
  let data = given.text;
  let token = env.TOKEN_KEY;
  if (!production && problems.length === before && (data === undefined || token === undefined)) {
    const made = development();
    data ??= made.dataKey;
    token ??= made.tokenKey;
  }
  const bytes = Buffer.from(data ?? "", "base64");
  if (problems.length === before) problems.push(...weakKey(name, data));
  const weak = token ? weakness(token, MIN_TOKEN_KEY) : "is missing";
  if (weak) problems.push(`TOKEN_KEY ${weak}`);
  if (data && data === token) problems.push("TOKEN_KEY must not be the same as DATA_KEY");
  if (problems.length > before) return undefined;
  return {
    dataKey: bytes,
    tokenKey: new Uint8Array(hkdfSync("sha256", token ?? "", "", "madoguchi token", 32)),
  };
}

/** A data key as it is given, itself or in a file; unset: no text. */
function dataKeyFrom(
  env: Environment,
  variable: "DATA_KEY" | "DATA_KEY_NEXT",
  readFile: (path: string) => string,
  problems: string[],
): { name: string; text: string | undefined } {
  const [text, path] = [env[variable], env[`${variable}_FILE`]];
  if (text !== undefined || !path) return { name: variable, text };
  const name = `${variable}_FILE`;
  try {
    return { name, text: readFile(path).trim() };
  } catch {
    problems.push(`${name} cannot be read`);
    return { name, text: undefined };
  }
}

function weakKey(name: string, text: string | undefined): string[] {
  if (!text) return [`${name} is missing`];
  const bytes = Buffer.from(text, "base64");
  if (bytes.length !== 32) return [`${name} must be 32 bytes in base64`];
  return new Set(bytes).size < 8 ? [`${name} is a placeholder`] : [];
}

/** The data key that takes the other one's place (`npm run keys -- rotate`), or what is wrong with it. */
export function readNextKey(
  env: Environment,
  readFile: (path: string) => string,
): { kind: "key"; key: Uint8Array } | { kind: "problems"; problems: string[] } {
  const problems: string[] = [];
  const { name, text } = dataKeyFrom(env, "DATA_KEY_NEXT", readFile, problems);
  if (problems.length === 0) problems.push(...weakKey(name, text));
  if (problems.length > 0) return { kind: "problems", problems };
  return { kind: "key", key: Buffer.from(text ?? "", "base64") };
}

const PLACEHOLDER =
  /^(change-?me|placeholder|example|secret|password|todo|test|default|none|null|undefined|your[-_ ].*|<.*>)$/i;

/** What is wrong with a secret, without a word of it. */
function weakness(secret: string, min: number): string | undefined {
  if (secret.trim() === "") return "is empty";
  if (PLACEHOLDER.test(secret.trim())) return "is a placeholder";
  if (secret.length < min) return `must be ${min} characters or more`;
  if (min > 1 && new Set(secret).size < 8) return "is a placeholder";
  return undefined;
}

function suffixed(env: Environment, prefix: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(env))
    if (name.startsWith(prefix) && value !== undefined) found.set(name.slice(prefix.length), value);
  return found;
}

function isPublicUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, search, hash, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && search + hash + username + password === "";
}

/** Where access tokens are sent. */
function isApiBase(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(text);
  const here = /^(127\.0\.0\.1|localhost|\[::1\])$/.test(hostname);
  const secure = protocol === "https:" || (protocol === "http:" && here);
  return secure && pathname === "/" && search + hash + username + password === "";
}

/** Exactly what a browser sends: scheme, host and, where it is not the scheme's own, port. */
function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text;
}

function areProxies(addresses: string[]): boolean {
  try {
    trustedProxies(addresses);
    return true;
  } catch {
    return false;
  }
}
