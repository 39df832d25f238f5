import { z } from "zod";
import type { Incoming } from "../../turn/talk.ts";
import { wordsOf } from "./words.ts";

/** Where an activity comes from, and where what we say to it goes. */
export interface Address {
  /** The channel of Azure Bot Service: `msteams`, `webchat`, ... */
  channelId: string;
  serviceUrl: string;
  conversation: string;
  /** `shared`: others read along. */
  scope: "personal" | "shared";
  user: string;
  bot: string;
  tenant: string | null;
}

/** What an activity may want. `id`: the platform's id of it. */
export type Wish =
  /** `invoke`: the platform waits for an answer. `on`: its id of our message whose button was pressed. */
  | { kind: "message"; id: string; incoming: Incoming; invoke: boolean; on: string | null }
  /** What is thought of a message of ours: by our id of it, or by the platform's. */
  | {
      kind: "feedback";
      about: { ours: string } | { theirs: string };
      rating: "up" | "down";
      reason: string | null;
      invoke: boolean;
    }
  | { kind: "added"; locale?: string }
  | { kind: "removed" }
  /** The customer took a message back, or changed its words. */
  | { kind: "unsent"; id: string }
  | { kind: "unknown-invoke" }
  | { kind: "nothing" };

export type Posted = { kind: "malformed" } | { kind: "activity"; at: Address; wish: Wish };

const LANGUAGE_TAG = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$/;
const MAX_ID = 500;
const MAX_REASON = 1_000;

const id = z.string().min(1).max(MAX_ID);
const account = z.object({ id });
const list = <T extends z.ZodType>(item: T) => z.array(item).max(200).catch([]).default([]);

const posted = z.object({
  type: z.string().min(1).max(50),
  id: id.nullish(),
  channelId: z.string().regex(/^[A-Za-z0-9-]{1,40}$/),
  serviceUrl: z.string().min(1).max(MAX_ID),
  from: account.nullish(),
  recipient: account,
  conversation: z.object({
    id: z.string().min(1).max(1_000),
    conversationType: z.string().max(50).nullish(),
    isGroup: z.boolean().nullish().catch(undefined),
    tenantId: z.string().max(100).nullish().catch(undefined),
  }),
  text: z.string().nullish(),
  locale: z.string().regex(LANGUAGE_TAG).optional().catch(undefined),
  name: z.string().max(MAX_ID).nullish().catch(undefined),
  action: z.string().max(50).nullish().catch(undefined),
  value: z.unknown().optional(),
  replyToId: id.nullish().catch(undefined),
  entities: list(z.unknown()),
  attachments: list(z.object({ contentType: z.string().max(200) })),
  membersAdded: list(account),
  membersRemoved: list(account),
  reactionsAdded: list(z.object({ type: z.string().max(50) })),
  channelData: z
    .object({
      tenant: z
        .object({ id: z.string().max(100) })
        .optional()
        .catch(undefined),
      eventType: z.string().max(100).optional().catch(undefined),
    })
    .nullish()
    .catch(undefined),
});
type Activity = z.infer<typeof posted>;

/** Reads an activity. Whatever is not named here is not even looked at: no address in it, no delivery mode, no card. */
export function parse(body: unknown): Posted {
  const parsed = posted.safeParse(body);
  if (!parsed.success) return { kind: "malformed" };
  const activity = parsed.data;
  const wish = wishOf(activity);
  if (!wish || (wish.kind !== "nothing" && !activity.from)) return { kind: "malformed" };
  const { channelId, serviceUrl, conversation, from, recipient, channelData } = activity;
  return {
    kind: "activity",
    wish,
    at: {
      channelId,
      serviceUrl,
      conversation: conversation.id,
      scope: scopeOf(activity),
      user: from?.id ?? "",
      bot: recipient.id,
      tenant: (channelData?.tenant?.id ?? conversation.tenantId ?? null)?.toLowerCase() ?? null,
    },
  };
}

/** Where it is not certain that nobody reads along, others may. */
function scopeOf({ channelId, conversation }: Activity): Address["scope"] {
  const { conversationType: type, isGroup } = conversation;
  if (type != null) return type === "personal" ? "personal" : "shared";
  return isGroup === true || channelId === "msteams" ? "shared" : "personal";
}

/** Undefined: malformed. */
function wishOf(activity: Activity): Wish | undefined {
  switch (activity.type) {
    case "message":
      return messageOf(activity, activity.value, false);
    case "invoke":
      return invokeOf(activity);
    case "messageReaction":
      return reactionOf(activity);
    case "conversationUpdate":
    case "installationUpdate":
      return installedOf(activity);
    case "messageUpdate":
    case "messageDelete":
      // A message that is edited back to life (`undeleteMessage`) was taken back all the same.
      return activity.id == null ? { kind: "nothing" } : { kind: "unsent", id: activity.id };
    default:
      // Events above all: nobody outside may speak for an agent.
      return { kind: "nothing" };
  }
}

const pressed = z.object({
  madoguchi: z.union([
    z.object({ c: z.string().max(500) }),
    z.object({ f: z.enum(["up", "down"]), a: id }),
    z.object({ slot: z.string().min(1).max(64), n: z.int().min(0) }),
  ]),
  value: z.coerce.string().optional().catch(undefined),
});

function messageOf(activity: Activity, value: unknown, invoke: boolean): Wish | undefined {
  if (activity.id == null) return undefined;
  const { id: platformId, locale, replyToId } = activity;
  const tag = locale === undefined ? {} : { locale };
  const wish = (incoming: Incoming): Wish => ({
    kind: "message",
    id: platformId,
    incoming: { ...incoming, ...tag, ...(scopeOf(activity) === "shared" ? { shared: true } : {}) },
    invoke,
    on: replyToId ?? null,
  });
  const button = pressed.safeParse(value);
  if (button.success) {
    const { madoguchi, value: put = "" } = button.data;
    if ("c" in madoguchi) return wish({ command: madoguchi.c.toWellFormed() });
    if ("f" in madoguchi)
      return { kind: "feedback", about: { ours: madoguchi.a }, rating: madoguchi.f, reason: null, invoke };
    return wish({ text: put.toWellFormed(), to: { n: madoguchi.n, slot: madoguchi.slot } });
  }
  if (invoke) return undefined;
  // Teams sends the words a second time, as HTML.
  const files = activity.attachments.some(({ contentType }) => contentType !== "text/html");
  const text = activity.text == null ? undefined : wordsOf(activity.text, activity);
  return wish({ ...(text === undefined ? {} : { text }), ...(files ? { files: true } : {}) });
}

const execute = z.object({ action: z.object({ data: z.unknown() }) });
const submitAction = z.object({
  actionName: z.literal("feedback"),
  actionValue: z.object({
    reaction: z.enum(["like", "dislike"]),
    feedback: z
      .union([z.string(), z.object({ feedbackText: z.string() })])
      .optional()
      .catch(undefined),
  }),
});
const written = z.object({ feedbackText: z.string().optional() });

function invokeOf(activity: Activity): Wish | undefined {
  const { name, value, replyToId } = activity;
  if (name === "adaptiveCard/action") {
    const data = execute.safeParse(value).data?.action.data;
    return pressed.safeParse(data).success ? messageOf(activity, data, true) : { kind: "unknown-invoke" };
  }
  const said = submitAction.safeParse(value);
  if (name !== "message/submitAction" || !said.success || replyToId == null)
    return { kind: "unknown-invoke" };
  const { reaction, feedback } = said.data.actionValue;
  const reason = typeof feedback === "string" ? reasonIn(feedback) : feedback?.feedbackText;
  return {
    kind: "feedback",
    about: { theirs: replyToId },
    rating: reaction === "like" ? "up" : "down",
    reason: reason ? reason.toWellFormed().slice(0, MAX_REASON) : null,
    invoke: true,
  };
}

/** Teams puts the words into JSON, and that into a string: `{}` when there are none. */
function reasonIn(text: string): string | undefined {
  try {
    return written.parse(JSON.parse(text)).feedbackText;
  } catch {
    return text;
  }
}

function reactionOf({ reactionsAdded, replyToId }: Activity): Wish {
  const [first] = reactionsAdded;
  if (replyToId == null || (first?.type !== "like" && first?.type !== "dislike")) return { kind: "nothing" };
  const rating = first.type === "like" ? "up" : "down";
  return { kind: "feedback", about: { theirs: replyToId }, rating, reason: null, invoke: false };
}

function installedOf(activity: Activity): Wish {
  const { action, membersAdded, membersRemoved, recipient, locale } = activity;
  const us = (members: Activity["membersAdded"]) => members.some((member) => member.id === recipient.id);
  if (us(membersRemoved) || action?.startsWith("remove")) return { kind: "removed" };
  // An upgrade of the app may bring the bot, or take it away: `add-upgrade`, `remove-upgrade`.
  if (us(membersAdded) || action?.startsWith("add")) return { kind: "added", ...(locale ? { locale } : {}) };
  return { kind: "nothing" };
}
