import type { Route, Upgrade } from "../http/exchange.ts";
import type { Sender } from "../turn/delivery.ts";

/** A platform, in our words: how it is reached, and how what we say gets to it. */
export interface Channel {
  /** Stands in every conversation of this channel. */
  name: string;
  routes: readonly Route[];
  upgrades: readonly Upgrade[];
  /** Set by a channel that pushes; without it, clients fetch what is stored. */
  sender?: Sender;
  stop(): void;
}
