import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Activity } from "botbuilder";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { call, type Reply } from "./client.ts";
import { until } from "./until.ts";

export const APP = "11111111-2222-4333-8444-555555555555";
export const TENANT = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
export const PASSWORD = "the-password-of-a-bot-in-tests-0123456789";
const ISSUER = "https://api.botframework.com";
const SCOPE = "https://api.botframework.com";

/** An activity that the bot has sent to a conversation. */
export interface Sent {
  conversation: string;
  activity: Activity;
  authorization: string | undefined;
}

/** What the stand-in does with a call instead of answering it: a status, or silence. */
export type Fault = { status: number; headers?: Record<string, string> } | "silence" | undefined;

const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
/** The key that the metadata names, and one that nobody knows. */
export const KEY = privateKey;
export const PUBLIC_JWK = await exportJWK(publicKey);
export const STRANGE_KEY = (await generateKeyPair("RS256")).privateKey;
/** Keys of the metadata: this channel's, another channel's, one without endorsements. */
const KEYS = [
  { kid: "teams", endorsements: ["msteams", "webchat", "emulator"] },
  { kid: "slack", endorsements: ["slack"] },
  { kid: "none", endorsements: [] },
  { kid: "bare" },
].map((key) => ({ ...PUBLIC_JWK, ...key, kty: "RSA", use: "sig" }));

/** Azure Bot Service, as far as a bot sees it: metadata and keys, login, and the connector of a channel. */
export class BotService {
  readonly #server: Server;
  readonly sent: Sent[] = [];
  /** Every call, by path. */
  readonly calls: string[] = [];
  /** Asked for each call. */
  fault: (path: string) => Fault = () => undefined;
  /** Access tokens that were given. */
  logins = 0;
  readonly #now: () => number;
  #ids = 0;

  private constructor(server: Server, now: () => number) {
    this.#now = now;
    this.#server = server;
    server.on("request", (request, response) => void this.#answer(request, response));
  }

  /** `now`: the clock of its tokens. */
  static async open(now: () => number = Date.now): Promise<BotService> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new BotService(server, now);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get serviceUrl(): string {
    return `${this.url}/emea/`;
  }

  /** Settings of a desk that is this service's bot. */
  env(): Record<string, string> {
    return {
      NODE_ENV: "test",
      MicrosoftAppId: APP,
      MicrosoftAppPassword: PASSWORD,
      MicrosoftAppType: "SingleTenant",
      MicrosoftAppTenantId: TENANT,
      ToBotFromChannelOpenIdMetadataUrl: `${this.url}/openid`,
      ToBotFromChannelTokenIssuer: ISSUER,
      ToChannelFromBotLoginUrl: `${this.url}/login`,
      ToChannelFromBotOAuthScope: SCOPE,
      TEAMS_SERVICE_URLS: this.url,
      TEAMS_OPERATOR: "jcom",
    };
  }

  /** A channel's token, good unless told otherwise. */
  token(
    options: {
      claims?: Record<string, unknown>;
      header?: Record<string, unknown>;
      key?: Parameters<SignJWT["sign"]>[0];
      now?: number;
    } = {},
  ): Promise<string> {
    const now = Math.floor((options.now ?? this.#now()) / 1_000);
    const claims = {
      iss: ISSUER,
      aud: APP,
      serviceurl: this.serviceUrl,
      iat: now,
      nbf: now,
      exp: now + 3_600,
    };
    return new SignJWT({ ...claims, ...options.claims })
      .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: "teams", ...options.header })
      .sign(options.key ?? KEY);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "";
    this.calls.push(path);
    const body = await text(request);
    const fault = this.fault(path);
    if (fault === "silence") return;
    const json = (status: number, value: unknown, headers = {}) => {
      // restify changes what writeHead returns in its process.
      response.writeHead(status, { "Content-Type": "application/json", ...headers });
      response.end(JSON.stringify(value));
    };
    if (fault) return json(fault.status, { error: { code: "Fault", message: "x" } }, fault.headers);
    if (path === "/openid") return json(200, { issuer: ISSUER, jwks_uri: `${this.url}/keys` });
    if (path === "/keys") return json(200, { keys: KEYS });
    if (path === "/login/oauth2/v2.0/token") {
      const form = new URLSearchParams(body);
      if (form.get("client_secret") !== PASSWORD || form.get("scope") !== `${SCOPE}/.default`)
        return json(401, { error: "invalid_client" });
      this.logins += 1;
      return json(200, { access_token: `access-${this.logins}`, expires_in: 3_600, token_type: "Bearer" });
    }
    const [, conversation] = /^\/emea\/v3\/conversations\/([^/]+)\/activities$/.exec(path) ?? [];
    if (conversation === undefined || request.method !== "POST") return json(404, {});
    this.#ids += 1;
    const activity = { ...JSON.parse(body), id: `theirs-${this.#ids}` } as Activity;
    const { authorization } = request.headers;
    this.sent.push({ conversation: decodeURIComponent(conversation), activity, authorization });
    json(201, { id: activity.id });
  }
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

let people = 0;

/** A person in Teams, and the chat that they have with the bot. */
export class Person {
  readonly service: BotService;
  readonly desk: string;
  readonly id: string;
  readonly conversation: string;
  readonly frame: Record<string, unknown>;
  #said = 0;

  /** `desk`: its address. `frame`: fields of every activity that are otherwise in this chat. */
  constructor(service: BotService, desk: string, frame: Record<string, unknown> = {}) {
    people += 1;
    this.service = service;
    this.desk = desk;
    this.id = `29:person-${people}`;
    this.conversation = `a:chat-${people}`;
    this.frame = frame;
  }

  activity(fields: Record<string, unknown>): Record<string, unknown> {
    this.#said += 1;
    return {
      type: "message",
      id: `${this.conversation}-${this.#said}`,
      channelId: "msteams",
      serviceUrl: this.service.serviceUrl,
      from: { id: this.id, name: "x", aadObjectId: TENANT },
      recipient: { id: `28:${APP}`, name: "bot" },
      conversation: { id: this.conversation, conversationType: "personal", tenantId: TENANT },
      channelData: { tenant: { id: TENANT } },
      locale: "ja-JP",
      ...this.frame,
      ...fields,
    };
  }

  async post<T = Record<string, unknown>>(fields: Record<string, unknown>): Promise<Reply<T>> {
    const token = await this.service.token();
    return call<T>(`${this.desk}/api/messages`, { token, json: this.activity(fields) });
  }

  say(text: string): Promise<Reply<Record<string, unknown>>> {
    return this.post({ text });
  }

  /** Presses a button of a card. */
  press(
    data: object,
    fields: Record<string, unknown> = {},
  ): Promise<Reply<{ statusCode: number; type: string; value: unknown }>> {
    const value = { action: { type: "Action.Execute", verb: "v", data }, trigger: "manual" };
    return this.post({ type: "invoke", name: "adaptiveCard/action", value, ...fields });
  }

  /** What the bot has sent to this chat so far, without signs of typing. */
  heard(): Activity[] {
    return this.service.sent
      .filter(
        ({ conversation, activity }) => conversation === this.conversation && activity.type === "message",
      )
      .map(({ activity }) => activity);
  }

  /** All words of an activity, whatever they stand in. */
  static words(activity: Activity | undefined): string {
    const found: string[] = [activity?.text ?? ""];
    const walk = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(walk);
      else if (typeof value === "object" && value !== null)
        for (const [name, inner] of Object.entries(value))
          if (typeof inner === "string" && (name === "text" || name === "title" || name === "value"))
            found.push(inner);
          else walk(inner);
    };
    walk(activity?.attachments?.map(({ content }) => content));
    return found.join("\n");
  }

  /** Waits until the bot has sent `count` activities. */
  async hears(count: number, ms = 5_000): Promise<Activity[]> {
    await until(() => this.heard().length >= count, ms, `${count} activities, ${this.heard().length} came`);
    return this.heard();
  }
}
