import type { messagingApi } from "@line/bot-sdk";
import type { Locale } from "../../reply/locale.ts";
import type { Texts } from "../../reply/texts.ts";
import type { Feedback, Party } from "../../turn/store.ts";
import { REASONS, reasonQuestion } from "./cards/feedback.ts";
import { type Account, type Desk, LINE } from "./desk.ts";

/**
 * Keeps a rating, then says a word on it. The word is no part of the talk: it is sent once, while the token lives, so
 * that a second delivery of the event says nothing.
 */
export async function rated(
  desk: Desk,
  { platform }: Account,
  party: Party,
  { activityId, rating, reason }: Feedback,
  replyToken: string | null,
): Promise<void> {
  const conversation = await desk.store.conversations.findOf({ ...party, channel: LINE });
  if (!conversation) return;
  const about = await desk.store.transcript.find(conversation, activityId);
  if (about?.content.kind !== "message") return;
  const { locale } = about.content.message;
  const known = REASONS.find((name) => name === reason);
  const words = known === undefined ? null : desk.texts[locale](`line:feedback.reasons.${known}`);
  if (!(await desk.turn.feedback(conversation, { activityId, rating, reason: words }))) return;
  if (replyToken === null) return;
  const asks = rating === "down" && known === undefined;
  const word = asks ? reasonQuestion({ t: desk.texts[locale] }, activityId) : thanks(desk.texts, locale);
  platform.reply(replyToken, [word]).catch(() => {});
}

function thanks(texts: Texts, locale: Locale): messagingApi.Message {
  return { type: "text", text: texts[locale]("linking:thanks") };
}
