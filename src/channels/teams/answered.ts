import type { Answer } from "../../http/exchange.ts";
import type { Message } from "../../reply/message.ts";
import type { Look } from "./look.ts";
import { present } from "./present.ts";

const CARD = "application/vnd.microsoft.card.adaptive";
const MESSAGE = "application/vnd.microsoft.activity.message";

/** The answer to a pressed button whose card stays as it is. */
export function noted(text: string): Answer {
  return { status: 200, body: { statusCode: 200, type: MESSAGE, value: text } };
}

/** The answer to a pressed button that puts the same card into its place, without anything to press or fill in. */
export function closed(message: Message, look: Look, done: string): Answer {
  const still: Message = { ...message, choices: [], words: { kind: "notice" } };
  const card = present(still, look)
    .flatMap(({ attachments }) => attachments ?? [])
    .find(({ contentType }) => contentType === CARD)?.content;
  if (card) return { status: 200, body: { statusCode: 200, type: CARD, value: card } };
  return noted(done);
}
