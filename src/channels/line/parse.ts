import { z } from "zod";
import type { Feedback } from "../../turn/store.ts";
import type { Incoming } from "../../turn/talk.ts";

/** What an event may be to us. `incoming`, `open`: a turn. The others are done without one. */
export type Happening =
  /** `messageId`: the platform's id of what was written; null for a button. `readMark`: marks it as read. */
  | { kind: "incoming"; incoming: Incoming; messageId: string | null; readMark?: string }
  /** `again`: they had blocked the account. */
  | { kind: "open"; again: boolean }
  | { kind: "feedback"; feedback: Feedback }
  | { kind: "unsend"; messageId: string }
  | { kind: "joined"; place: Place }
  | { kind: "linked"; nonce: string }
  /** Nothing to do: of another bot, of a kind that we do not know, or of nobody. */
  | { kind: "nothing" };

/** A chat of several people. */
export interface Place {
  kind: "group" | "room";
  id: string;
}

/** One event of a webhook, as far as it is read. */
export interface LineEvent {
  /** Unique, the same at every delivery. */
  id: string;
  /** ms since 1970, by the platform's clock. */
  at: number;
  /** The customer's id of this account, if the platform tells it. */
  customer: string | null;
  replyToken: string | null;
  /** It was sent before, and perhaps never came. */
  redelivered: boolean;
  happening: Happening;
}

const MOST_EVENTS = 1_000;
const id = z.string().min(1).max(200);

const webhook = z.object({ events: z.array(z.unknown()).max(MOST_EVENTS) });

const source = z.object({
  type: z.string(),
  userId: id.optional().catch(undefined),
  groupId: id.optional().catch(undefined),
  roomId: id.optional().catch(undefined),
});

const event = z.object({
  type: z.string().max(50),
  mode: z.string(),
  timestamp: z.number().int().nonnegative(),
  webhookEventId: id,
  source: source.optional().catch(undefined),
  deliveryContext: z.object({ isRedelivery: z.boolean() }).optional().catch(undefined),
  replyToken: z.string().min(1).max(500).optional().catch(undefined),
  message: z
    .object({
      id: id,
      type: z.string().max(50),
      text: z.string().optional().catch(undefined),
      emojis: z
        .array(z.object({ index: z.int().nonnegative(), length: z.int().positive() }))
        .max(1_000)
        .optional()
        .catch(undefined),
      markAsReadToken: z.string().min(1).max(500).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  postback: z
    .object({ data: z.string().max(1_000) })
    .optional()
    .catch(undefined),
  follow: z.object({ isUnblocked: z.boolean() }).optional().catch(undefined),
  unsend: z.object({ messageId: id }).optional().catch(undefined),
  link: z.object({ result: z.string(), nonce: id }).optional().catch(undefined),
});
type Event = z.infer<typeof event>;

/**
 * The events of a webhook whose signature was checked, in the order in which they happened; undefined when it is no
 * webhook. An event without what every event has is left out.
 */
export function parse(body: unknown): LineEvent[] | undefined {
  const read = webhook.safeParse(body);
  if (!read.success) return undefined;
  const events = read.data.events.flatMap((each) => {
    const one = event.safeParse(each);
    return one.success ? [lineEvent(one.data)] : [];
  });
  return events.sort((a, b) => a.at - b.at);
}

function lineEvent(read: Event): LineEvent {
  const { webhookEventId, timestamp, source, replyToken, mode, deliveryContext } = read;
  return {
    id: webhookEventId,
    at: timestamp,
    customer: source?.userId ?? null,
    replyToken: replyToken ?? null,
    redelivered: deliveryContext?.isRedelivery ?? false,
    // Another module of the account has the chat: not a word.
    happening: mode === "active" ? happeningOf(read) : { kind: "nothing" },
  };
}

function happeningOf(read: Event): Happening {
  const { type, source, message, postback, unsend, link } = read;
  const place = placeOf(read);
  // Not for several people: whatever is said there, the desk says so and leaves.
  if (place) return type === "join" || type === "message" ? { kind: "joined", place } : { kind: "nothing" };
  if (source?.type !== "user" || source.userId === undefined) return { kind: "nothing" };
  switch (type) {
    case "message":
      return message ? writtenIn(message) : { kind: "nothing" };
    case "postback":
      return postback ? pressed(postback.data) : { kind: "nothing" };
    case "follow":
      return { kind: "open", again: read.follow?.isUnblocked ?? false };
    case "unsend":
      return unsend ? { kind: "unsend", messageId: unsend.messageId } : { kind: "nothing" };
    case "messageEdited":
      // What stood there before is taken back, as in Teams. LINE edits only in groups, for now.
      return message ? { kind: "unsend", messageId: message.id } : { kind: "nothing" };
    case "accountLink":
      return link?.result === "ok" ? { kind: "linked", nonce: link.nonce } : { kind: "nothing" };
    default:
      return { kind: "nothing" };
  }
}

function placeOf({ source }: Event): Place | undefined {
  if (source?.type === "group" && source.groupId) return { kind: "group", id: source.groupId };
  if (source?.type === "room" && source.roomId) return { kind: "room", id: source.roomId };
  return undefined;
}

function writtenIn(message: NonNullable<Event["message"]>): Happening {
  const { id: messageId, markAsReadToken: readMark } = message;
  const written = { kind: "incoming", incoming: incomingOf(message), messageId } as const;
  return readMark === undefined ? written : { ...written, readMark };
}

/** Messages that bring a file, which nobody fetches. A sticker and a place on the map are neither words nor files. */
const FILES: ReadonlySet<string> = new Set(["image", "video", "audio", "file"]);

function incomingOf(message: NonNullable<Event["message"]>): Incoming {
  const { type, text = "" } = message;
  const words = withoutEmojis(text, message.emojis);
  // A message of emojis alone is as a sticker.
  if (type === "text") return words === "" ? {} : { text: words.toWellFormed() };
  return FILES.has(type) ? { files: true } : {};
}

/** LINE's own emojis stand in the text by name, such as "(love)": no words of the customer's. */
function withoutEmojis(text: string, emojis: NonNullable<Event["message"]>["emojis"] = []): string {
  if (emojis.length === 0) return text;
  const last = emojis.toSorted((a, b) => b.index - a.index);
  return last
    .reduce((rest, { index, length }) => rest.slice(0, index) + rest.slice(index + length), text)
    .trim();
}

/** The data of our buttons (`postback.ts`); of any other, as if nothing had been written. */
function pressed(data: string): Happening {
  const [, choice] = /^c=(.{1,300})$/s.exec(data) ?? [];
  if (choice !== undefined)
    return { kind: "incoming", incoming: { command: choice.toWellFormed() }, messageId: null };
  const [, rating, rated] = /^f=(up|down):([\w-]{1,200})$/.exec(data) ?? [];
  if (rated !== undefined)
    return {
      kind: "feedback",
      feedback: { activityId: rated, rating: rating === "up" ? "up" : "down", reason: null },
    };
  const [, about, reason] = /^r=([\w-]{1,200}):([a-z-]{1,40})$/.exec(data) ?? [];
  if (about !== undefined && reason !== undefined)
    return { kind: "feedback", feedback: { activityId: about, rating: "down", reason } };
  return { kind: "nothing" };
}
