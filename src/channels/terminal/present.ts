import type { Message } from "../../reply/message.ts";

/** A message as plain text: its words, then its choices as a numbered list (typing the number chooses). */
export function present(message: Message): string {
  if (message.choices.length === 0) return message.text;
  const list = message.choices.map((c, i) => `${i + 1}. ${c.title}`).join("\n");
  return `${message.text}\n\n${list}`;
}
