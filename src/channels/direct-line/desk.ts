import type { Limiter } from "../../http/limiter.ts";
import type { Clock, Ids } from "../../ports.ts";
import type { Texts } from "../../reply/texts.ts";
import type { Store } from "../../turn/store.ts";
import type { Turn } from "../../turn/turn.ts";
import type { Readers } from "./readers.ts";
import type { Streams } from "./send.ts";
import type { Sessions } from "./sessions.ts";
import type { Tokens } from "./tokens.ts";

/** Name of this channel in every conversation. */
export const DIRECT_LINE = "direct-line";

export interface DirectLineSettings {
  /** The address that customers see, without a slash at its end. */
  publicUrl: string;
  /** Operators served. */
  operators: readonly string[];
  /** Secrets by operator; an operator without one gives tokens only to its website. */
  secrets: ReadonlyMap<string, string>;
  /** May a page of this origin chat with the operator (undefined: with any of them)? */
  allows: (origin: string, operator: string | undefined) => boolean;
}

/** What every route of Direct Line works with. */
export interface Desk {
  settings: DirectLineSettings;
  store: Store;
  texts: Texts;
  sessions: Sessions;
  turn: Turn;
  tokens: Tokens;
  streams: Streams;
  /** Who reads without a stream. */
  readers: Readers;
  clock: Clock;
  ids: Ids;
  limits: {
    /** New tokens, by address. */
    tokens: Limiter;
    /** Posted activities, by conversation. */
    posts: Limiter;
    /** Everything else, by conversation. */
    reads: Limiter;
  };
}
