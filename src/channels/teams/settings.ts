import { z } from "zod";
import { plainHost } from "./service-url.ts";

/** Where Azure Bot Service lets bots log in, and whose tokens it sends; sovereign clouds have others. */
export interface Cloud {
  /** Metadata of the keys that sign what channels send (`ToBotFromChannelOpenIdMetadataUrl`). */
  metadataUrl: string;
  /** `iss` of those tokens (`ToBotFromChannelTokenIssuer`). */
  issuer: string;
  /** Where the bot gets its own tokens (`ToChannelFromBotLoginUrl`). */
  loginUrl: string;
  /** What it gets them for (`ToChannelFromBotOAuthScope`). */
  scope: string;
}

/** How this desk is a bot of Azure Bot Service. `anonymous`: nobody is checked, loopback only, never in production. */
export type Bot =
  | { kind: "anonymous" }
  | { kind: "single-tenant"; appId: string; tenant: string; password: string; cloud: Cloud }
  | { kind: "managed-identity"; appId: string; tenant: string; cloud: Cloud };

export interface TeamsSettings {
  bot: Bot;
  /** Origins beside Microsoft's documented hosts to which replies may go. */
  serviceUrls: readonly string[];
  /** Whose desk it is: one operator for all, or by tenant; else the desk asks. */
  operator: { all?: string; byTenant: ReadonlyMap<string, string> };
}

const LOGIN = "https://login.microsoftonline.com/";
const PUBLIC = {
  metadataUrl: "https://login.botframework.com/v1/.well-known/openidconfiguration",
  issuer: "https://api.botframework.com",
  scope: "https://api.botframework.com",
};
const ADDRESSES = [
  "ToBotFromChannelOpenIdMetadataUrl",
  "ToBotFromChannelTokenIssuer",
  "ToChannelFromBotLoginUrl",
  "ToChannelFromBotOAuthScope",
] as const;
const OWN = [
  "MicrosoftAppPassword",
  "MicrosoftAppType",
  "MicrosoftAppTenantId",
  ...ADDRESSES,
  "TEAMS_SERVICE_URLS",
] as const;

const id = z.guid({ error: "must be an id such as 00000000-0000-0000-0000-000000000000" });
const schema = z.object({
  MicrosoftAppId: id.optional(),
  MicrosoftAppTenantId: id.optional(),
  MicrosoftAppType: z
    .enum(["SingleTenant", "UserAssignedMSI"], "must be SingleTenant or UserAssignedMSI")
    .optional(),
  TEAMS_ANONYMOUS: z.literal("1", "must be 1 or unset").optional(),
});

/** What a setting is checked with. `weakness`: what is wrong with a secret, without a word of it. */
interface Rules {
  production: boolean;
  host: string;
  weakness(secret: string): string | undefined;
}

/** The settings of this channel; undefined when it is not mounted. Everything wrong is added to `problems`. */
export function readTeams(
  env: Readonly<Record<string, string | undefined>>,
  rules: Rules,
  problems: string[],
): TeamsSettings | undefined {
  const before = problems.length;
  const wrong = (name: string, what: string) => void problems.push(`${name} ${what}`);
  const given = (name: string) => (env[name] === "" ? undefined : env[name]);
  const parsed = schema.safeParse(Object.fromEntries(Object.keys(schema.shape).map((n) => [n, given(n)])));
  for (const issue of parsed.error?.issues ?? []) wrong(issue.path.join("."), issue.message);
  const { MicrosoftAppId: appId, TEAMS_ANONYMOUS: open } = parsed.data ?? {};
  const mounted = given("MicrosoftAppId") !== undefined || given("TEAMS_ANONYMOUS") !== undefined;
  if (env.MicrosoftAppPassword === "") wrong("MicrosoftAppPassword", "is empty");
  if (given("MicrosoftAppId") === undefined)
    for (const name of OWN.filter((n) => given(n) !== undefined))
      wrong(name, "is set without MicrosoftAppId");
  if (open !== undefined && rules.production) wrong("TEAMS_ANONYMOUS", "must be unset in production");
  if (open !== undefined && appId !== undefined)
    wrong("TEAMS_ANONYMOUS", "must be unset where MicrosoftAppId is set");
  if (open !== undefined && !isLoopback(rules.host)) wrong("TEAMS_ANONYMOUS", "needs a HOST of this machine");

  const serviceUrls = listOf(given("TEAMS_SERVICE_URLS"));
  if (!serviceUrls.every((text) => isService(text, rules.production)))
    wrong("TEAMS_SERVICE_URLS", "must be origins such as https://smba.example.com, separated by commas");
  const operator = operatorIn(given("TEAMS_OPERATOR"));
  if (!operator) wrong("TEAMS_OPERATOR", "must be an operator, or tenant=operator pairs separated by commas");
  if (!mounted && given("TEAMS_OPERATOR") !== undefined)
    wrong("TEAMS_OPERATOR", "is set without MicrosoftAppId");

  const bot = botIn();
  if (!mounted || !bot || !operator || problems.length > before) return undefined;
  return { bot, serviceUrls, operator };

  function botIn(): Bot | undefined {
    if (appId === undefined) return open === undefined ? undefined : { kind: "anonymous" };
    const { MicrosoftAppType: type, MicrosoftAppTenantId: tenant } = parsed.data ?? {};
    const password = given("MicrosoftAppPassword");
    if (type === undefined) wrong("MicrosoftAppType", "must be SingleTenant or UserAssignedMSI");
    if (tenant === undefined) wrong("MicrosoftAppTenantId", "is missing");
    if (type === "UserAssignedMSI" && password !== undefined)
      wrong("MicrosoftAppPassword", "must be unset for UserAssignedMSI");
    if (type === "SingleTenant") {
      const weak = password === undefined ? "is missing" : rules.weakness(password);
      if (weak) wrong("MicrosoftAppPassword", weak);
    }
    const cloud = cloudIn(tenant ?? "");
    if (!type || !tenant || !cloud) return undefined;
    const common = { appId: appId.toLowerCase(), tenant: tenant.toLowerCase(), cloud };
    return type === "SingleTenant"
      ? { kind: "single-tenant", password: password ?? "", ...common }
      : { kind: "managed-identity", ...common };
  }

  /** Some of the addresses of another cloud and some of the public one would refuse every token there is. */
  function cloudIn(tenant: string): Cloud | undefined {
    const set = ADDRESSES.filter((name) => given(name) !== undefined);
    if (set.length === 0) return { ...PUBLIC, loginUrl: `${LOGIN}${tenant}` };
    if (set.length < ADDRESSES.length) {
      for (const name of ADDRESSES.filter((n) => !set.includes(n)))
        wrong(name, `is missing: with ${set[0]} all four addresses must be set`);
      return undefined;
    }
    const [metadataUrl = "", issuer = "", loginUrl = "", scope = ""] = ADDRESSES.map(given);
    for (const [name, text] of [
      ["ToBotFromChannelOpenIdMetadataUrl", metadataUrl],
      ["ToChannelFromBotLoginUrl", loginUrl],
    ] as const)
      if (!isAddress(text, rules.production)) wrong(name, "must be an https address without query");
    return { metadataUrl, issuer, loginUrl: loginUrl.replace(/\/+$/, ""), scope };
  }
}

/** Operators that the settings name. */
export function operatorsNamed({ operator }: TeamsSettings): string[] {
  return [...(operator.all === undefined ? [] : [operator.all]), ...operator.byTenant.values()];
}

function operatorIn(text: string | undefined): TeamsSettings["operator"] | undefined {
  const byTenant = new Map<string, string>();
  if (text === undefined) return { byTenant };
  if (/^[a-z0-9-]+$/.test(text)) return { all: text, byTenant };
  for (const pair of listOf(text)) {
    const [, tenant, operator] = /^([0-9A-Za-z-]{1,64})=([a-z0-9-]+)$/.exec(pair) ?? [];
    if (tenant === undefined || operator === undefined || byTenant.has(tenant.toLowerCase()))
      return undefined;
    byTenant.set(tenant.toLowerCase(), operator);
  }
  return byTenant.size > 0 ? { byTenant } : undefined;
}

const listOf = (text: string | undefined) =>
  (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/.test(host);
}

/** https, or a stand-in on this machine where nothing is in production. */
function isAddress(text: string, production: boolean): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash, username, password } = new URL(text);
  const safe = protocol === "https:" || (!production && protocol === "http:" && isLoopback(hostname));
  return safe && search + hash + username + password === "";
}

function isService(text: string, production: boolean): boolean {
  return isAddress(text, production) && new URL(text).origin === text && plainHost(text) !== undefined;
}
