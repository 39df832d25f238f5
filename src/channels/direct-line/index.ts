import { Limiter } from "../../http/limiter.ts";
import type { Clock, Ids, Log } from "../../ports.ts";
import type { Texts } from "../../reply/texts.ts";
import type { Store } from "../../turn/store.ts";
import type { Turn } from "../../turn/turn.ts";
import type { Channel } from "../channel.ts";
import { chatRoutes } from "./chats.ts";
import { type Desk, DIRECT_LINE, type DirectLineSettings } from "./desk.ts";
import { downloadRoute } from "./download.ts";
import { issueRoutes } from "./issue.ts";
import { typing } from "./present.ts";
import { Readers } from "./readers.ts";
import { activityRoutes } from "./receive.ts";
import { Streams } from "./send.ts";
import type { Sessions } from "./sessions.ts";
import { streamUpgrade } from "./stream.ts";
import { Tokens } from "./tokens.ts";

export interface DirectLineOptions {
  settings: DirectLineSettings;
  /** Signs tokens; 32 bytes or more. */
  tokenKey: Uint8Array;
  store: Store;
  texts: Texts;
  sessions: Sessions;
  turn: Turn;
  clock: Clock;
  ids: Ids;
  log: Log;
}

/** 100 tokens a minute from one address: an office behind it does not hit this, a flood does. */
const TOKEN_RATE = { burst: 100, perSecond: 100 / 60 };
const POST_RATE = { burst: 60, perSecond: 1 };
/** A client that polls asks once a second, and there may be a few tabs. */
const READ_RATE = { burst: 120, perSecond: 10 };

/** The website's chat: Direct Line 3.0, spoken by this process itself. */
export function directLine(options: DirectLineOptions): Channel {
  const { settings, texts, store, sessions, turn, clock, ids, log } = options;
  const streams = new Streams(store, texts, clock, log);
  const limits = {
    tokens: new Limiter(TOKEN_RATE),
    posts: new Limiter(POST_RATE),
    reads: new Limiter(READ_RATE),
  };
  const readers = new Readers(clock);
  const tokens = new Tokens(options.tokenKey, clock, ids);
  const desk: Desk = { settings, texts, store, sessions, turn, tokens, streams, readers, clock, ids, limits };
  const quiet = [
    turn.onAppended((conversation, activities) => streams.appended(conversation, activities)),
    turn.onTyping((conversation, name) =>
      streams.passing(conversation, typing(conversation, name, ids.next(), clock.now())),
    ),
    store.onForeignChange(() => {
      streams.check().catch(() => log.warn("stream.check-failed"));
    }),
  ];
  turn.watches(DIRECT_LINE, (conversation) => streams.has(conversation) || readers.has(conversation));
  return {
    name: DIRECT_LINE,
    capabilities: { choices: Number.POSITIVE_INFINITY, pushes: false, typing: "events" },
    routes: [...issueRoutes(desk), ...chatRoutes(desk), ...activityRoutes(desk), downloadRoute(desk)],
    upgrades: [streamUpgrade(desk)],
    stop() {
      streams.stop();
      for (const stop of quiet) stop();
    },
  };
}
