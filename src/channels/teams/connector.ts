import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  type InvokeResponse,
  type TurnContext,
} from "botbuilder";
import type { Clock } from "../../ports.ts";
import { accessTokens } from "./access-token.ts";
import type { ServiceUrls } from "./service-url.ts";
import type { Bot } from "./settings.ts";

type Factory = ReturnType<ConfigurationBotFrameworkAuthentication["createConnectorFactory"]>;
type Client = Awaited<ReturnType<Factory["create"]>>;
type Credentials = Awaited<ReturnType<ConfigurationServiceClientCredentialFactory["createCredentials"]>>;
type Signed = Parameters<Credentials["signRequest"]>[0];

/** The SDK, behind one door. */
export interface Connector {
  /** Runs an authenticated activity through the adapter; gives what `logic` answers an invoke with. */
  take(
    activity: Partial<Activity>,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined>;
  /** Posts to a conversation of the channel at `serviceUrl`; resolves with the channel's id of it. @throws with `statusCode` */
  send(serviceUrl: string, conversation: string, activity: Partial<Activity>): Promise<string | undefined>;
}

const TIMEOUT_MS = 8_000;
const MAX_CLIENTS = 20;

/** `urls` is asked again for every request that leaves: an access token goes to no other host. */
export function createConnector(bot: Bot, urls: ServiceUrls, clock: Clock): Connector {
  const credentials = new Login(bot, urls, clock);
  const authentication = new ConfigurationBotFrameworkAuthentication(addressesOf(bot), credentials);
  const adapter = new Adapter(authentication, bot.kind === "anonymous" ? "" : bot.appId);
  const clients = new Map<string, Promise<Client>>();
  const clientOf = (serviceUrl: string): Promise<Client> => {
    const known = clients.get(serviceUrl);
    if (known) return known;
    if (clients.size >= MAX_CLIENTS) clients.clear();
    const made = adapter.client(serviceUrl).then(narrowed);
    clients.set(serviceUrl, made);
    made.catch(() => clients.delete(serviceUrl));
    return made;
  };
  return {
    take: (activity, logic) => adapter.take(activity, logic),
    async send(serviceUrl, conversation, activity) {
      if (!urls.allows(serviceUrl)) throw new TypeError("not a service of ours");
      const client = await clientOf(serviceUrl);
      const options = { timeout: TIMEOUT_MS };
      const sent = await client.conversations.sendToConversation(conversation, activity as Activity, options);
      return sent?.id;
    },
  };
}

/** Takes activities that were authenticated already, and makes clients. */
class Adapter extends CloudAdapter {
  readonly #appId: string;

  constructor(authentication: ConfigurationBotFrameworkAuthentication, appId: string) {
    super(authentication);
    this.#appId = appId;
  }

  take(activity: Partial<Activity>, logic: (context: TurnContext) => Promise<void>) {
    const claimsIdentity = this.createClaimsIdentity(this.#appId);
    const connectorFactory = this.botFrameworkAuthentication.createConnectorFactory(claimsIdentity);
    return this.processActivity(
      { claimsIdentity, connectorFactory, audience: undefined as unknown as string },
      activity as Activity,
      logic,
    );
  }

  client(serviceUrl: string): Promise<Client> {
    const identity = this.createClaimsIdentity(this.#appId);
    return this.botFrameworkAuthentication
      .createConnectorFactory(identity)
      .create(serviceUrl, undefined as unknown as string);
  }
}

/** The bot's credentials. What leaves is signed for hosts of ours alone. */
class Login extends ConfigurationServiceClientCredentialFactory {
  readonly #bot: Bot;
  readonly #urls: ServiceUrls;
  readonly #token: (() => Promise<string>) | undefined;

  constructor(bot: Bot, urls: ServiceUrls, clock: Clock) {
    super(
      bot.kind === "managed-identity"
        ? {
            MicrosoftAppId: bot.appId,
            MicrosoftAppTenantId: bot.tenant,
            MicrosoftAppType: "UserAssignedMsi",
          }
        : {},
    );
    this.#bot = bot;
    this.#urls = urls;
    this.#token = bot.kind === "single-tenant" ? accessTokens(bot, clock) : undefined;
  }

  override async createCredentials(
    ...asked: Parameters<ConfigurationServiceClientCredentialFactory["createCredentials"]>
  ) {
    const inner = this.#bot.kind === "managed-identity" ? await super.createCredentials(...asked) : undefined;
    const signRequest = async (request: Signed): Promise<Signed> => {
      if (!this.#urls.allows(`${new URL(request.url).origin}/`)) throw new TypeError("not a service of ours");
      if (inner) return inner.signRequest(request);
      if (this.#token) request.headers.set("authorization", `Bearer ${await this.#token()}`);
      return request;
    };
    return { signRequest };
  }
}

/** The outbox tries again and nobody follows a redirect: what the SDK does about both is taken out. */
function narrowed(client: Client): Client {
  const { pipeline } = (client as unknown as { client: { pipeline: Pipeline } }).client;
  pipeline.removePolicy({ name: "redirectPolicy" });
  pipeline.removePolicy({ name: "defaultRetryPolicy" });
  return client;
}

interface Pipeline {
  removePolicy(policy: { name: string }): unknown;
}

function addressesOf(bot: Bot) {
  if (bot.kind === "anonymous") return {};
  const { metadataUrl, issuer, loginUrl, scope } = bot.cloud;
  return {
    MicrosoftAppId: bot.appId,
    // All of them or none: with one alone the SDK takes the others as not set.
    ToBotFromChannelOpenIdMetadataUrl: metadataUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: metadataUrl,
    ToBotFromChannelTokenIssuer: issuer,
    ToChannelFromBotLoginUrl: loginUrl,
    ToChannelFromBotOAuthScope: scope,
    OAuthUrl: metadataUrl,
    CallerId: "urn:botframework:azure",
  };
}
