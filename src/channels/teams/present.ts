import type { Activity } from "botbuilder";
import type { Message } from "../../reply/message.ts";
import type { Look } from "./look.ts";

export function present(message: Message, _look: Look): Partial<Activity>[] {
  return [{ type: "message", text: message.text, locale: message.locale }];
}
