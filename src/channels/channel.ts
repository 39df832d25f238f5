import type { Route, Upgrade } from "../http/exchange.ts";
import type { Sender } from "../turn/delivery.ts";
import type { Conversation } from "../turn/store.ts";
import type { Language, Reader } from "../turn/turn.ts";

/** What a channel can do. Whoever must know asks for it, and for no channel by its name. */
export interface Capabilities {
  /** Buttons under one message; what is beyond them becomes a numbered list. */
  choices: number;
  /** What we say is sent to it from the outbox; otherwise its clients fetch what is stored. */
  pushes: boolean;
  /** How it shows that an answer is on its way: as it goes on (`events`), for a while (`loading`), or not. */
  typing: "events" | "loading" | "none";
}

/** A platform, in our words: how it is reached, and how what we say gets to it. */
export interface Channel {
  /** Stands in every conversation of this channel. */
  name: string;
  capabilities: Capabilities;
  routes: readonly Route[];
  upgrades: readonly Upgrade[];
  /** Set by a channel that pushes; without it, clients fetch what is stored. */
  sender?: Sender;
  /** Asks the platform in which language a new chat shall open, where it knows. */
  language?: Language;
  /** An agent is writing in this chat: shown for a moment where the platform can. */
  agentWrites?(conversation: Conversation): void;
  /** Shows the customer that what they wrote was read, where the platform can and does not by itself. */
  read?: Reader;
  /** Pushes of this month, by operator, where they are counted; `limit`: how many there may be. */
  pushes?: () => Promise<{ operator: string; count: number; limit: number | undefined }[]>;
  stop(): void;
}
