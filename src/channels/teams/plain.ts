import type { Activity } from "botbuilder";
import type { Message } from "../../reply/message.ts";
import { inertAsMarkup } from "./cards/inert.ts";
import { bytesOf, MAX_BYTES } from "./size.ts";

/** Teams shows three suggested actions; more are read as a list, and the number is typed. */
const SUGGESTED = 3;
/** What an activity needs beside its text, in bytes. */
const FRAME = 3_000;

/** A message without cards: its words, then its choices as a numbered list. `below`: lines after all of them. */
export function plainActivities(message: Message, below: readonly string[]): Partial<Activity>[] {
  const { text, choices, locale } = message;
  const list = choices.map(({ title }, i) => `${i + 1}. ${title}`).join("\n");
  const whole = [text, list, ...below].filter((part) => part !== "").join("\n\n");
  const texts = cut(inertAsMarkup(whole), MAX_BYTES - FRAME);
  const actions = choices.map(({ title }) => ({ type: "imBack", title, value: title }));
  return texts.map((one, i) => ({
    type: "message",
    locale,
    text: one,
    textFormat: "plain",
    ...(i === texts.length - 1 && actions.length > 0 && actions.length <= SUGGESTED
      ? { suggestedActions: { to: [], actions } }
      : {}),
  }));
}

/** A text in pieces of so many bytes, between its lines where there are any. */
function cut(text: string, most: number): string[] {
  if (bytesOf(text) <= most) return [text];
  const half = Math.ceil(text.length / 2);
  const line = text.lastIndexOf("\n", half);
  const pair = /[\ud800-\udbff]/.test(text[half - 1] ?? "") ? 1 : 0;
  const at = line > 0 ? line : half - pair;
  return [...cut(text.slice(0, at), most), ...cut(text.slice(at).replace(/^\n+/, ""), most)];
}
