import type { Activity } from "botbuilder";
import { z } from "zod";
import type { Message } from "../../reply/message.ts";
import type { Sender } from "../../turn/delivery.ts";
import type { Conversation } from "../../turn/store.ts";
import type { Desk } from "./desk.ts";
import type { Look } from "./look.ts";
import type { Address } from "./parse.ts";
import { present } from "./present.ts";

/** The platform may take it later: too many at once, busy, or away. Any other refusal is for good. */
const PASSING: ReadonlySet<number> = new Set([401, 408, 412, 425, 429]);
/** A message in many parts goes on in the next try after this long. */
const SENDING_MS = 10_000;
/** Longest wait that a platform may ask for. */
const MAX_WAIT_MS = 300_000;
/** Channels whose clients draw Adaptive Cards with `Action.Execute`. */
const CARDS: ReadonlySet<string> = new Set(["msteams"]);

/** Sends from the outbox: in order, and what the platform has taken of a message it gets no second time. */
export function sender(desk: Desk): Sender {
  return async ({ conversation, activity }) => {
    if (activity.content.kind !== "message") return "refused";
    const at = await desk.references.find(conversation);
    // The bot was taken out of the chat: nobody listens there.
    if (!at || !desk.urls.allows(at.serviceUrl)) return "refused";
    const until = performance.now() + SENDING_MS;
    const parts = activitiesOf(desk, at, named(desk.texts, activity.content), activity.id);
    try {
      for (let i = await desk.references.partsTaken(conversation, activity.id); i < parts.length; i += 1) {
        if (performance.now() > until) return { retryMs: 0 };
        const theirs = await desk.connector.send(
          at.serviceUrl,
          at.conversation,
          addressed(at, parts[i] ?? {}),
        );
        await desk.references.taken(conversation, activity.id, i, theirs);
      }
      return "sent";
    } catch (error) {
      const status = statusOf(error);
      desk.log.warn("teams.not-taken", { status });
      if (status !== 0 && status < 500 && !PASSING.has(status)) return "refused";
      const retryMs = waitIn(error);
      return retryMs === undefined ? "retry" : { retryMs };
    }
  };
}

/** Dots, for a moment; whether the platform shows them or not, nothing hangs on it. */
export function sendTyping(desk: Desk, at: Address): void {
  desk.connector.send(at.serviceUrl, at.conversation, addressed(at, { type: "typing" })).catch(() => {
    desk.log.warn("teams.no-typing");
  });
}

/** An agent is writing. @throws when the database does not answer */
export async function agentWrites(desk: Desk, conversation: Conversation): Promise<void> {
  const at = await desk.references.find(conversation);
  if (at && desk.urls.allows(at.serviceUrl)) sendTyping(desk, at);
}

/** A bot has one name in Teams: whose words these are stands above them. */
function named(texts: Desk["texts"], { message, agent }: { message: Message; agent?: string }): Message {
  if (agent === undefined) return message;
  const { text, sections, locale } = message;
  const signed = (words: string) => texts[locale]("handoff:said", { name: agent, text: words });
  const told = sections?.map((part, n) =>
    part.map((section, i) => (n + i === 0 ? { ...section, text: signed(section.text) } : section)),
  );
  return { ...message, text: signed(text), ...(told ? { sections: told } : {}) };
}

/** A message for the chat's client. */
export function activitiesOf(
  desk: Pick<Desk, "texts" | "publicUrl" | "settings">,
  at: Address,
  message: Message,
  activityId: string,
): Partial<Activity>[] {
  return present(message, lookOf(desk, at, activityId));
}

export function lookOf(
  { texts, publicUrl, settings: { bot } }: Pick<Desk, "texts" | "publicUrl" | "settings">,
  at: Address,
  activityId: string,
): Look {
  const cards = CARDS.has(at.channelId);
  const botId = bot.kind === "anonymous" ? {} : { botId: bot.appId };
  return { activityId, texts, publicUrl, scope: at.scope, cards, ...botId };
}

/** With the names of chat, bot and person that the platform knows. */
export function addressed(at: Address, activity: Partial<Activity>): Partial<Activity> {
  const conversation = { id: at.conversation } as Activity["conversation"];
  return {
    ...activity,
    channelId: at.channelId,
    serviceUrl: at.serviceUrl,
    conversation,
    from: { id: at.bot, name: "" },
    recipient: { id: at.user, name: "" },
  };
}

/** 0 when there was no answer. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 0;
  return Number.isInteger(status) ? status : 0;
}

const told = z.object({
  response: z.object({ headers: z.object({ get: z.custom<(name: string) => unknown>() }) }),
});

/** `Retry-After` in milliseconds; undefined where it was not told. */
function waitIn(error: unknown): number | undefined {
  const seconds = Number(told.safeParse(error).data?.response.headers.get("retry-after") ?? Number.NaN);
  return seconds > 0 ? Math.min(seconds * 1_000, MAX_WAIT_MS) : undefined;
}
