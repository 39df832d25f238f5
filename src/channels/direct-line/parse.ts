import { z } from "zod";
import type { JsonObject } from "../../turn/activity.ts";
import type { Feedback } from "../../turn/store.ts";
import type { Incoming } from "../../turn/talk.ts";

/** What a client may want by posting an activity. Whatever it says about itself is not even read. */
export type Posted =
  | { kind: "message"; incoming: Incoming; platform: JsonObject; key: string | null }
  | { kind: "feedback"; feedback: Feedback; platform: JsonObject }
  /** Shown to the chat's other tabs and not kept. */
  | { kind: "passing"; platform: JsonObject }
  /** Not a message, and carries a file. */
  | { kind: "upload" }
  | { kind: "malformed" };

const LANGUAGE_TAG = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$/;
const MAX_KEY = 200;
const MAX_REASON = 1_000;

const clientData = z.object({
  clientActivityID: z.string().max(MAX_KEY).optional().catch(undefined),
  clientTimestamp: z.string().max(40).optional().catch(undefined),
  postBack: z.boolean().optional().catch(undefined),
  messageBack: z.object({ displayText: z.string().optional() }).optional().catch(undefined),
});

const posted = z.object({
  type: z.string().min(1).max(50),
  id: z.string().max(MAX_KEY).nullish(),
  text: z.string().nullish(),
  textFormat: z.enum(["plain", "markdown", "xml"]).optional().catch(undefined),
  locale: z.string().regex(LANGUAGE_TAG).optional().catch(undefined),
  name: z.string().max(MAX_KEY).optional().catch(undefined),
  value: z.json().optional(),
  replyToId: z.string().max(MAX_KEY).optional().catch(undefined),
  reactionsAdded: z
    .array(z.object({ type: z.string() }))
    .max(10)
    .optional()
    .catch(undefined),
  attachments: z.array(z.unknown()).nullish(),
  channelData: clientData.nullish().catch(undefined),
});
type Activity = z.infer<typeof posted>;

/** `idempotencyKey`: the header of that name, for clients that send no `channelData.clientActivityID`. */
export function parse(body: unknown, idempotencyKey: string | undefined): Posted {
  const parsed = posted.safeParse(body);
  if (!parsed.success) return { kind: "malformed" };
  const activity = parsed.data;
  const files = activity.attachments != null && activity.attachments.length > 0;
  if (files && activity.type !== "message") return { kind: "upload" };
  const feedback = feedbackIn(activity);
  if (feedback) return { kind: "feedback", feedback, platform: echo(activity) };
  if (activity.type !== "message") return { kind: "passing", platform: echo(activity) };
  const key =
    activity.channelData?.clientActivityID ?? idempotencyKey?.slice(0, MAX_KEY) ?? activity.id ?? null;
  return { kind: "message", incoming: incomingOf(activity, files), platform: echo(activity), key };
}

/** Of files only that there were some is told: what is in them, their names and addresses are dropped here. */
function incomingOf({ text, value, locale }: Activity, files: boolean): Incoming {
  const command = commandIn(value);
  return {
    ...(typeof text === "string" ? { text: text.toWellFormed() } : {}),
    ...(command === undefined ? {} : { command }),
    ...(files ? { files: true } : {}),
    ...(locale === undefined ? {} : { locale }),
  };
}

const commandValue = z.object({ command: z.string().max(500) });

function commandIn(value: Activity["value"]): string | undefined {
  if (typeof value === "string") return value.toWellFormed();
  const named = commandValue.safeParse(value);
  return named.success ? named.data.command.toWellFormed() : undefined;
}

/** The fields that the client sees again in its own activity. */
function echo(activity: Activity): JsonObject {
  const { type, text, textFormat, locale, name, value, replyToId, channelData } = activity;
  const fields = {
    type,
    text: text?.toWellFormed(),
    textFormat,
    locale,
    name,
    value,
    replyToId,
    channelData,
  };
  return JSON.parse(JSON.stringify(fields)) as JsonObject;
}

const feedbackEvent = z.object({
  rating: z.enum(["up", "down", "👍", "👎"]),
  activityId: z.string().max(MAX_KEY).optional(),
  reason: z.string().max(MAX_REASON).nullish(),
});
const submitAction = z.object({
  actionName: z.literal("feedback"),
  actionValue: z.object({
    reaction: z.enum(["like", "dislike"]),
    feedback: z.union([z.string(), z.object({ feedbackText: z.string() })]).optional(),
  }),
});

/** 👍/👎 in the three ways that clients have for it: an event of ours, Teams' feedback loop, a reaction. */
function feedbackIn(activity: Activity): Feedback | undefined {
  const { type, name, value, replyToId, reactionsAdded } = activity;
  if (type === "event" && name === "feedback") {
    const said = feedbackEvent.safeParse(value);
    const activityId = said.data?.activityId ?? replyToId;
    if (!said.success || activityId === undefined) return undefined;
    const rating = said.data.rating === "up" || said.data.rating === "👍" ? "up" : "down";
    return { activityId, rating, reason: said.data.reason?.toWellFormed() ?? null };
  }
  if (replyToId === undefined) return undefined;
  if (type === "invoke" && name === "message/submitAction") {
    const said = submitAction.safeParse(value);
    if (!said.success) return undefined;
    const { reaction, feedback } = said.data.actionValue;
    const reason = typeof feedback === "object" ? feedback.feedbackText : (feedback ?? null);
    return {
      activityId: replyToId,
      rating: ratingOf(reaction),
      reason: reason?.toWellFormed().slice(0, MAX_REASON) ?? null,
    };
  }
  const reaction = type === "messageReaction" ? reactionsAdded?.[0]?.type : undefined;
  if (reaction !== "like" && reaction !== "dislike") return undefined;
  return { activityId: replyToId, rating: ratingOf(reaction), reason: null };
}

function ratingOf(reaction: "like" | "dislike"): Feedback["rating"] {
  return reaction === "like" ? "up" : "down";
}
