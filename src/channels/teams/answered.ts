import type { Answer } from "../../http/exchange.ts";
import type { Message } from "../../reply/message.ts";
import type { Look } from "./look.ts";
import { answered } from "./present.ts";

const CARD = "application/vnd.microsoft.card.adaptive";
const MESSAGE = "application/vnd.microsoft.activity.message";

/** The answer to a pressed button whose card stays as it is. */
export function noted(text: string): Answer {
  return { status: 200, body: { statusCode: 200, type: MESSAGE, value: text } };
}

/** The answer to a pressed button that puts the same card into its place, without anything to press or to fill in. */
export function closed(message: Message, look: Look, command: string | undefined): Answer {
  const { card } = answered(message, look, command);
  return { status: 200, body: { statusCode: 200, type: CARD, value: card } };
}
