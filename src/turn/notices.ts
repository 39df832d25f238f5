import type { Locale } from "../reply/locale.ts";
import type { Message } from "../reply/message.ts";
import { text } from "./texts.ts";

/** A turn was given up: say so, and offer a person. */
export function apology(locale: Locale): Message {
  const choices = [{ title: text(locale, "person"), command: "handoff" }];
  return { locale, text: text(locale, "apology"), choices, words: { kind: "notice" } };
}

/** The message was longer than `limit` UTF-16 units and was not read. */
export function tooLong(locale: Locale, limit: number): Message {
  return { locale, text: text(locale, "too-long", { limit }), choices: [], words: { kind: "notice" } };
}
