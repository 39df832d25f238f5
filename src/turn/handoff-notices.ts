import type { Locale } from "../reply/locale.ts";
import type { Choice, Message } from "../reply/message.ts";
import type { Texts } from "../reply/texts.ts";
import type { Words } from "../reply/words.ts";

type Status = Extract<Words, { kind: "handoff" }>["status"];

/** What the desk itself says while a person is called or there: by its key in `locales/<lang>/handoff.json`. */
export function noticeIn(
  texts: Texts,
  locale: Locale,
  key: string,
  status: Status,
  values: Readonly<Record<string, string | number>> = {},
  choices: readonly Choice[] = [],
): Message {
  return {
    locale,
    text: texts[locale](`handoff:${key}`, values),
    choices: [...choices],
    words: { kind: "handoff", status },
  };
}

/** Back to the bot, where nothing else is to be said. */
export function handedBack(texts: Texts, locale: Locale, how: "ended" | "left"): Message {
  return noticeIn(texts, locale, `${how}`, "ended");
}

/** The way out of the queue. */
export function leaveChoice(texts: Texts, locale: Locale): Choice {
  return { title: texts[locale]("handoff:choice.leave"), command: "desk:leave" };
}

/** Back to the bot, while a person is there. */
export function backChoice(texts: Texts, locale: Locale): Choice {
  return { title: texts[locale]("handoff:choice.back"), command: "desk:leave" };
}

export function messageChoice(texts: Texts, locale: Locale): Choice {
  return { title: texts[locale]("handoff:choice.message"), command: "desk:message" };
}
