import type { messagingApi } from "@line/bot-sdk";
import type { Locale } from "../../../reply/locale.ts";
import type { Choice, Section } from "../../../reply/message.ts";
import type { Texts } from "../../../reply/texts.ts";

/** A bubble with what a notification tells of it. */
export interface Card {
  bubble: messagingApi.FlexBubble;
  /** For notifications, lists of chats, and clients that show no cards. */
  alt: string;
  /** Commands of the choices that can be tapped in it. */
  offers: readonly string[];
  /** It waits for an answer: whatever must be left out, it stays. */
  waits?: true;
}

/** What a card is made with. */
export interface Look {
  t: Texts[Locale];
  locale: Locale;
  /** Public address of this server, without a slash at its end. */
  publicUrl: string;
  /** Id of the message, which its rating names; absent where there is nothing to rate. */
  rated?: string;
}

/** A part of a message with its sections and with what can be chosen at it. */
export interface Told<P> {
  part: P;
  sections: readonly Section[];
  choices: readonly Choice[];
}

export const sectionsOf = (sections: readonly Section[], ...roles: Section["role"][]): string[] =>
  sections.filter(({ role }) => roles.includes(role)).map(({ text }) => text);
