import type { Activity as BotActivity } from "botbuilder";
import type { Message } from "../../reply/message.ts";
import type { Texts } from "../../reply/texts.ts";
import type { Citation, Part, Words } from "../../reply/words.ts";
import type { Activity, JsonObject } from "../../turn/activity.ts";
import type { Conversation, Feedback } from "../../turn/store.ts";

/** Id of the bot in every chat. */
const BOT = "madoguchi";

/** A Bot Framework activity, as Direct Line 3.0 gives it to its clients. */
export type Presented = Partial<Omit<BotActivity, "timestamp" | "entities">> & {
  id: string;
  timestamp: string;
  entities?: object[];
};

/** An activity of the transcript, the same for every client and every replay. */
export function present(texts: Texts, conversation: Conversation, activity: Activity): Presented {
  const { content, id, at, replyTo } = activity;
  switch (content.kind) {
    case "incoming":
      return own(conversation, content.platform, id, at);
    case "message":
      return {
        ...frame(conversation, id, at),
        type: "message",
        from: { id: BOT, name: content.agent ?? texts[content.message.locale]("turn:desk"), role: "bot" },
        ...(replyTo === null ? {} : { replyToId: replyTo }),
        ...said(content.message),
      };
  }
}

/** The customer's own activity: whoever it claims to come from, it comes from the token's customer. */
export function own(conversation: Conversation, platform: JsonObject, id: string, at: number): Presented {
  const from = { id: conversation.customer, name: "", role: "user" };
  return { ...(platform as object), ...frame(conversation, id, at), from };
}

/** An agent is writing; shown for a moment and not kept. */
export function typing(conversation: Conversation["id"], name: string, id: string, at: number): Presented {
  return { ...frame({ id: conversation }, id, at), type: "typing", from: { id: BOT, name, role: "bot" } };
}

/** 👍/👎 as its holder gave it, told again. What else was written with it is left out. */
export function rated(conversation: Conversation, { activityId, rating }: Feedback, at: number): Presented {
  const platform = { type: "event", name: "feedback", value: { activityId, rating } };
  return own(conversation, platform, `rated-${activityId}`, at);
}

function frame(conversation: Pick<Conversation, "id">, id: string, at: number) {
  const timestamp = new Date(at).toISOString();
  return {
    id,
    timestamp,
    channelId: "directline",
    conversation: { id: conversation.id } as BotActivity["conversation"],
  };
}

function said(message: Message): Partial<Presented> {
  const { choices, words, locale, sections } = message;
  const actions = choices.map(({ title }) => ({ type: "imBack", title, value: title }));
  const citations = citationsOf(words);
  return {
    text: message.text,
    textFormat: "plain",
    locale,
    inputHint: "acceptingInput",
    ...(actions.length > 0 ? { suggestedActions: { to: [], actions } } : {}),
    ...(citations.length > 0 ? { entities: [citing(citations)] } : {}),
    channelData: { madoguchi: words, ...(sections ? { madoguchiSections: sections } : {}) },
  };
}

function citationsOf(words: Words): Citation[] {
  const parts: Part[] = words.parts ?? [words];
  return parts.flatMap((part) => ("citations" in part ? (part.citations ?? []) : []));
}

/** Citations in the words of schema.org, as Bot Framework's clients read them. */
function citing(citations: readonly Citation[]): object {
  return {
    type: "https://schema.org/Message",
    "@type": "Message",
    "@context": "https://schema.org",
    "@id": "",
    citation: citations.map(({ title, heading, url }, i) => ({
      "@type": "Claim",
      position: i + 1,
      appearance: { "@type": "DigitalDocument", name: title, abstract: heading, url },
    })),
  };
}
