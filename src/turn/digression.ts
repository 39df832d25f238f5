import type { Slot } from "../dialog/form/form.ts";
import type { Locale } from "../reply/locale.ts";
import type { Said } from "../reply/said.ts";
import { isQuestion } from "../understanding/questions.ts";

/** From here on words that an open answer would take, too, are believed to be something else. */
export const DIGRESSION_SURE = 0.8;
/** The same for a question where nobody answers in questions. */
const QUESTION_SURE = 0.5;
/** The same for what is none of ours. */
const REFUSAL_SURE = 0.7;
/** The same for what could be a name. */
const CHAT_SURE = 0.95;
/** Longest small talk, and longest question amid a story, in characters of Japanese; words of English weigh three. */
const CHAT_LENGTH = 12;
const ASIDE_LENGTH = 24;

/** "メールでもいいですか", "can I have it by mail": an answer that asks for leave. */
const LEAVE =
  /(?:でも?|に|は)(?:いい|よい|良い|よろし|大丈夫|構わ|かまわ|お願いでき|おねがいでき|でき|可能|もらえ|いただけ|変え|だめ|ダメ|駄目|無理)|かな|かも|^(?:can|could|may|would|is|will) (?:i|you|it|we|that|by|e?-?mail|post|phone|a)\b|^(?:maybe|perhaps|i guess)\b/i;
const TELL_ME = /教えて|知りたい|説明して|\b(?:tell me|explain|i want to know)\b/i;
/** A reproach, where something is told. */
const WHY = /^why\b|なぜ|なんで|何で|どうして/i;
/** A goodbye elsewhere; at a question it answers nothing. */
const NO_NEED = /大丈夫|結構|いいです/;
const ASKS_JA = /[?？]\s*$|(?:ます|です|ました|でした|ません|でしょう)か[。\s]*$/;

export interface Meant {
  written: Locale | "other";
  said?: readonly Said[];
  sure?: number;
}

const length = (text: string, locale: Locale) =>
  locale === "ja" ? text.trim().length : text.trim().split(/\s+/).length * 3;

/** Whether a kind of answer takes any words, so that what else they may mean must be looked at first. */
export const takesAnything = ({ answer }: Slot): boolean =>
  answer.kind === "text" || answer.kind === "name" || answer.kind === "kana" || answer.kind === "address";

/** A customer's own question at a choice: it names what it asks about, and chooses nothing. */
export const asksBack = (slot: Slot, text: string, locale: Locale): boolean =>
  "values" in slot.answer &&
  !LEAVE.test(text.trim()) &&
  (locale === "ja" ? ASKS_JA.test(text) : isQuestion(text, locale));

/** Whether words that could be the answer to a question are rather a question, a call for a person, a wish or small talk. */
export function digresses(
  slot: Slot,
  text: string,
  locale: Locale,
  { written, said, sure = 0 }: Meant,
): boolean {
  const first = said?.[0];
  if (!first || written === "other") return false;
  const chooses = "values" in slot.answer;
  const named = slot.answer.kind === "name" || slot.answer.kind === "kana";
  switch (first.kind) {
    case "handoff":
      return sure >= DIGRESSION_SURE;
    case "smalltalk": {
      const name =
        named && (/です|申し|\p{Script=Han}/u.test(text) || (locale === "en" && /\s/.test(text.trim())));
      const line = named ? CHAT_SURE : DIGRESSION_SURE;
      return !chooses && !name && sure >= line && length(text, locale) <= CHAT_LENGTH;
    }
    case "request":
      return named && sure >= CHAT_SURE;
    case "answer":
      if (!isQuestion(text, locale)) return false;
      if (slot.long)
        return sure >= QUESTION_SURE && length(text, locale) <= ASIDE_LENGTH && !WHY.test(text.trim());
      if (chooses) return asksBack(slot, text, locale) && sure >= QUESTION_SURE;
      return sure >= (slot.answer.kind === "text" ? QUESTION_SURE : DIGRESSION_SURE);
    case "out-of-scope":
      return slot.answer.kind === "text" && !slot.long && /[?？]/.test(text) && sure >= DIGRESSION_SURE;
    default:
      return false;
  }
}

/** Whether what a question could not use as its answer is worth a reply of its own. */
export function isAside(said: Said, text: string, locale: Locale, sure: number): boolean {
  const asks = isQuestion(text, locale);
  switch (said.kind) {
    case "handoff":
      return sure >= QUESTION_SURE;
    case "smalltalk":
      return sure >= DIGRESSION_SURE && !(said.intent === "bye" && NO_NEED.test(text));
    case "answer":
      return (asks || TELL_ME.test(text)) && sure >= QUESTION_SURE;
    case "out-of-scope":
      return asks && sure >= (said.reason === "silent" ? QUESTION_SURE : REFUSAL_SURE);
    default:
      return false;
  }
}
