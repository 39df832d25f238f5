import type { Locale } from "../reply/locale.ts";
import type { Message } from "../reply/message.ts";
import type { Texts } from "../reply/texts.ts";

/** A turn was given up: say so, and offer a person. */
export function apology(texts: Texts, locale: Locale): Message {
  const t = texts[locale];
  const choices = [{ title: t("turn:person"), command: "handoff" }];
  return { locale, text: t("turn:apology"), choices, words: { kind: "notice" } };
}

/** The message was longer than `limit` UTF-16 units and was not read. */
export function tooLong(texts: Texts, locale: Locale, limit: number): Message {
  return { locale, text: texts[locale]("turn:too-long", { limit }), choices: [], words: { kind: "notice" } };
}
