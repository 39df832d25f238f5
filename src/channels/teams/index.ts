import { Limiter } from "../../http/limiter.ts";
import type { Capabilities, Channel } from "../channel.ts";
import { type Authenticate, authenticateLoopback, authenticateTokens } from "./authenticate.ts";
import { createConnector } from "./connector.ts";
import { type Desk, TEAMS, type TeamsOptions } from "./desk.ts";
import { messagesRoute } from "./receive.ts";
import { agentWrites, sender } from "./send.ts";
import { ServiceUrls } from "./service-url.ts";
import { SigningKeys } from "./signing-keys.ts";

const CAPABILITIES: Capabilities = { choices: 12, pushes: true, typing: "events" };
/** As on Direct Line: a person does not hit this, a loop does. */
const POST_RATE = { burst: 60, perSecond: 1 };

/** Microsoft Teams, and any channel of Azure Bot Service. Loading this loads botbuilder: only where it is mounted. */
export function teams(options: TeamsOptions): Channel {
  const { settings, clock } = options;
  const { bot } = settings;
  const urls = new ServiceUrls(settings.serviceUrls, bot.kind === "anonymous");
  const authenticate: Authenticate =
    bot.kind === "anonymous"
      ? authenticateLoopback()
      : authenticateTokens(
          new SigningKeys(bot.cloud.metadataUrl, clock),
          { issuer: bot.cloud.issuer, appId: bot.appId },
          clock,
        );
  const connector = createConnector(bot, urls, clock);
  const posts = new Limiter(POST_RATE);
  const desk: Desk = { ...options, authenticate, connector, urls, posts };
  return {
    name: TEAMS,
    capabilities: CAPABILITIES,
    routes: [messagesRoute(desk)],
    upgrades: [],
    sender: sender(desk),
    agentWrites: (conversation) => void agentWrites(desk, conversation).catch(() => {}),
    stop() {},
  };
}
