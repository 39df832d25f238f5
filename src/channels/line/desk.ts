import type { Answer } from "../../http/exchange.ts";
import type { Limiter } from "../../http/limiter.ts";
import type { Clock, Ids, Log } from "../../ports.ts";
import type { Locale } from "../../reply/locale.ts";
import type { Texts } from "../../reply/texts.ts";
import type { Store } from "../../turn/store.ts";
import type { Turn } from "../../turn/turn.ts";
import type { Circuit } from "./circuit.ts";
import type { Marked } from "./marking.ts";
import type { Platform } from "./platform.ts";
import type { ReadMode } from "./read-mode.ts";
import type { LineRecords } from "./records.ts";
import type { Waiting } from "./waiting.ts";

/** Name of this channel in every conversation. */
export const LINE = "line";

/** What an operator's account is set up with. */
export interface LineAccountSettings {
  /** Signs webhooks. */
  secret: string;
  /** Opens the Messaging API. */
  accessToken: string;
  /** Pushes a calendar month in Japan; undefined: as many as it takes. */
  pushLimit: number | undefined;
}

export interface LineSettings {
  /** The address that customers see, without a slash at its end. */
  publicUrl: string;
  /** Address of the Messaging API. */
  apiBase: string;
  accounts: ReadonlyMap<string, LineAccountSettings>;
}

/** An operator's account on LINE. */
export interface Account extends LineAccountSettings {
  operator: string;
  platform: Platform;
  circuit: Circuit;
  readMode: ReadMode;
}

/** What the page on which a request is linked shows. */
export interface LinkView {
  operator: string;
  locale: Locale;
  linkToken: string;
  /** The number as it was entered before. */
  receipt?: string;
  /** What is wrong with what was entered. */
  issue?: "number" | "code" | "unknown" | "locked";
}

/** Draws that page. `to`: where its form may lead in the end. */
export type LinkPage = (view: LinkView, to: string) => Answer;

/** What every part of the channel works with. */
export interface Desk {
  settings: LineSettings;
  accounts: ReadonlyMap<string, Account>;
  store: Store;
  records: LineRecords;
  turn: Turn;
  texts: Texts;
  waiting: Waiting;
  /** What became of a customer's message that was to be marked as read. */
  onMarked(operator: string, marked: Marked): void;
  /** Undefined where no pages are served: then nothing can be linked. */
  linkPage: LinkPage | undefined;
  /** A number that no arrival has, for tries that are none. */
  tryNumber(): number;
  limits: { links: Limiter };
  clock: Clock;
  ids: Ids;
  log: Log;
}
