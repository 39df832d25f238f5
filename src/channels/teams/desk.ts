import type { Limiter } from "../../http/limiter.ts";
import type { Clock, Log } from "../../ports.ts";
import type { Locale } from "../../reply/locale.ts";
import type { Texts } from "../../reply/texts.ts";
import type { Store } from "../../turn/store.ts";
import type { Turn } from "../../turn/turn.ts";
import type { Authenticate } from "./authenticate.ts";
import type { Connector } from "./connector.ts";
import type { References } from "./references.ts";
import type { ServiceUrls } from "./service-url.ts";
import type { TeamsSettings } from "./settings.ts";

/** Name of this channel in every conversation, whichever channel of Azure Bot Service it came by. */
export const TEAMS = "teams";

/** An operator that is served, by the names that customers know. */
export interface Served {
  id: string;
  name: Readonly<Record<Locale, string>>;
}

/** What the channel is given. */
export interface TeamsOptions {
  settings: TeamsSettings;
  /** Public address of this server, without a slash at its end. */
  publicUrl: string;
  operators: readonly Served[];
  store: Store;
  references: References;
  texts: Texts;
  /** Is there once all channels are. */
  turn: () => Turn;
  clock: Clock;
  log: Log;
}

/** What everything here works with. */
export interface Desk extends TeamsOptions {
  authenticate: Authenticate;
  connector: Connector;
  urls: ServiceUrls;
  /** Activities, by conversation. */
  posts: Limiter;
}
