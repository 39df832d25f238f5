import type { Activity as BotActivity, TurnContext } from "botbuilder";
import type { Line } from "../handoff/desk.ts";
import type { Handoff } from "../handoff/handoff.ts";
import type { HandoffState } from "../handoff/state.ts";

/** An event of Bot Framework: `handoff.initiate` with the context and the transcript, or `handoff.status`. */
export type HandoffEvent = Partial<BotActivity>;

/**
 * Hand-offs in the words of Bot Framework, for connectors to other desks in this process. Nothing of it goes to a
 * customer's channel, and nothing that a channel brings gets here: only the desk itself tells.
 */
export interface HandoffEvents {
  /** Returns the way to stop it. */
  on(listener: (event: HandoffEvent) => void): () => void;
  /** Whether anybody listens: the events are made for them alone. */
  readonly heard: boolean;
  initiated(handoff: Handoff, lines: readonly Line[]): Promise<void>;
  moved(handoff: Handoff): Promise<void>;
}

const BOT = { id: "madoguchi", name: "madoguchi", role: "bot" } as const;
/** The states of `handoff.status`; a hand-off that waits again has none. */
const STATUS: Readonly<Partial<Record<HandoffState, string>>> = {
  assigned: "accepted",
  ended: "completed",
  abandoned: "failed",
};

export function createHandoffEvents(): HandoffEvents {
  const listeners = new Set<(event: HandoffEvent) => void>();
  const tell = (event: HandoffEvent) => {
    for (const listener of listeners) listener(event);
  };
  // The library takes a while to load, and most desks have no connector.
  const factory = async () => (await import("botbuilder/lib/eventFactory.js")).EventFactory;
  return {
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get heard() {
      return listeners.size > 0;
    },
    async initiated(handoff, lines) {
      if (listeners.size === 0) return;
      const { operator, locale, channel, topic, clauses, trigger, waitedMs } = handoff;
      const activity = {
        type: "message",
        id: handoff.id,
        channelId: channel,
        conversation: conversationOf(handoff),
        from: BOT,
        recipient: { id: "customer", name: "", role: "user" },
      };
      const context = { activity } as unknown as TurnContext;
      const value = { handoff: handoff.id, operator, locale, channel, topic, clauses, trigger, waitedMs };
      const transcript = { activities: lines.map((line) => transcribed(handoff, line)) };
      tell((await factory()).createHandoffInitiation(context, value, transcript));
    },
    async moved(handoff) {
      const status = STATUS[handoff.state];
      if (listeners.size === 0 || status === undefined) return;
      tell((await factory()).createHandoffStatus(conversationOf(handoff), status));
    },
  };
}

const conversationOf = ({ conversation }: Handoff) => ({
  id: conversation,
  name: "",
  isGroup: false,
  conversationType: "",
});

function transcribed({ channel, conversation }: Handoff, { id, at, by, name, text }: Line): BotActivity {
  const from =
    by === "customer" ? { id: "customer", name: "", role: "user" } : { ...BOT, name: name || BOT.name };
  const shown = { type: "message", id, timestamp: new Date(at), channelId: channel, text, from };
  return { ...shown, conversation: { id: conversation } } as unknown as BotActivity;
}
