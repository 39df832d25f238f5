import type { Slot } from "../../dialog/form/form.ts";
import type { Locale } from "../../reply/locale.ts";
import type { Said } from "../../reply/said.ts";
import type { RequestType } from "../../requests/request-type.ts";
import { isQuestion } from "../../understanding/questions.ts";
import type { Understood } from "./options.ts";

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
/** "電話番号でもいいですか", "can I use my number": what may be written here, and nothing about the policy. */
const INSTEAD =
  /(?:で|に)も?(?:いい|よい|良い|よろし|大丈夫|構い|かまい)|^(?:can|could|may) i (?:use|give|write|enter|type|put)\b/i;
const TELL_ME = /教えて|知りたい|説明して|\b(?:tell me|explain|i want to know)\b/i;
/** A reproach, where something is told. */
const WHY = /^why\b|なぜ|なんで|何で|どうして/i;
/** A goodbye elsewhere; at a question it answers nothing. */
const NO_NEED = /大丈夫|結構|いいです/;
const ASKS_JA =
  /[?？]\s*$|(?:ます|です|ました|でした|ません|でしょう)か[。…\s]{0,3}$|(?:の|か|かな|かしら|っけ|ん|です|だろう)[。…\s]{0,3}$(?<=(?:いくら|どこ|いつ|なに|何|だれ|誰|どれ|どう|なぜ|なんで).{0,48})|(?:いくら|どこ|いつ|なに|何|だれ|誰|どれ|どう|とは)[。…\s]{0,3}$/;
/** A wish, where a choice is asked for: "…してほしい", "delete my …". */
const WISH =
  /(?:て|で)(?:ください|下さい|ほしい|欲しい|くれ|もらい|いただ)|(?:て|で|たい)(?:です|んです)?[。！!\s]{0,3}$|お願い|\b(?:please|i want|i'?d like|i would like|i need|i wish)\b|^(?:stop|delete|erase|remove|show|send|give|correct|change|fix|update|withdraw|check)\b/i;
/** From here on a wish for another request is asked about rather than taken as a choice. */
const OTHER_WISH_SURE = 0.6;
/** The same where words were no answer: leaving a form half-done is offered only on a clear wish. */
export const OTHER_REQUEST_SURE = 0.85;
/** Where is it, what is it: a question about what is asked for, not about the policy. */
const WHERE_IS_IT = /どこ|何|なに|どれ|どう|どの|いつの|って[?？]|\b(?:where|what|which|how do i|find)\b/i;
/** Longest question, and longest "I have none", at a question that takes free words; as `ASIDE_LENGTH`. */
const BACK_LENGTH = 48;
const HAS_NONE =
  /(?:分か|わか|解)(?:ら|り)(?:な|ま|ん)|知(?:ら|り)(?:な|ませ)|覚えて(?:い)?(?:な|ませ)|忘れ|(?:番号|住所|それ|もの|手元|てもと)(?:に|は|が|も|なんて|とか)?(?:何も)?(?:な(?:い|く)|無い|ありませ|ございませ)|持って(?:い)?(?:な|ませ)|聞いて(?:い)?(?:る|ます)|\b(?:do not|don'?t|dont|did not|didn'?t|haven'?t|havent|never) (?:have|know|remember|got|get|recall)\b|\b(?:no idea|no number|no account|no address|lost it|forgot)\b|\b(?:isn'?t|is not|not) (?:any|one)\b/i;
/** Something is told nevertheless. */
const YET = /[\d０-９@＠]|(?:けど|けれど|が|ので)[、,\s]+\p{L}{2}|\bbut\b/iu;

const length = (text: string, locale: Locale) =>
  locale === "ja" ? text.trim().length : text.trim().split(/\s+/).length * 3;

/** Whether a kind of answer takes any words, so that what else they may mean must be looked at first. */
export const takesAnything = ({ answer }: Slot): boolean =>
  answer.kind === "text" || answer.kind === "name" || answer.kind === "kana" || answer.kind === "address";

const asks = (sentence: string, locale: Locale): boolean =>
  locale === "ja" ? ASKS_JA.test(sentence) : isQuestion(sentence, locale);

/**
 * What a message tells without its questions: what those name is asked about, and chosen by nobody. A question that asks
 * for leave ("e-mail, if I may?") is an answer, unless `leave` is false.
 */
export function withoutQuestions(text: string, locale: Locale, leave = true): string {
  const sentences = text.trim().split(locale === "ja" ? /(?<=[。！？!?\n])/ : /(?<=[.!?\n])\s+/);
  const told = sentences
    .map((one) => one.trim())
    .filter((one) => (leave && LEAVE.test(one)) || !asks(one, locale));
  return told.length === sentences.length ? text : told.join(locale === "ja" ? "" : " ");
}

/** A customer's own question at a choice: it names what it asks about, and chooses nothing. */
const asksBack = (slot: Slot, text: string, locale: Locale): boolean =>
  "values" in slot.answer && withoutQuestions(text, locale) === "";

/** Whether a short message at a question that takes free words or an address is a question itself. */
export const questions = (slot: Slot, text: string, locale: Locale): boolean =>
  !slot.long &&
  (slot.answer.kind === "text" || slot.answer.kind === "address") &&
  length(text, locale) <= BACK_LENGTH &&
  withoutQuestions(text, locale, false) === "";

/** Whether it asks where or what the thing is that it is asked for, by its name. */
export const wonders = (text: string, speaksOf: boolean): boolean => speaksOf && WHERE_IS_IT.test(text);

/** Whether a customer says to have none of what is asked for, and tells nothing else. */
export const lacks = (slot: Slot, text: string, locale: Locale): boolean =>
  !slot.long &&
  (slot.held === true || slot.optional === true) &&
  length(text, locale) <= BACK_LENGTH &&
  HAS_NONE.test(text) &&
  !YET.test(text.trim());

/** Whether words at a choice are a wish for another request than the open one. */
export function wishesOther(text: string, open: RequestType, { said, sure = 0 }: Understood): boolean {
  const first = said?.[0];
  return (
    first?.kind === "request" && first.request !== open && sure >= OTHER_WISH_SURE && WISH.test(text.trim())
  );
}

/** Whether words that could be the answer to a question are rather a question, a call for a person, a wish or small talk. */
export function digresses(
  slot: Slot,
  text: string,
  locale: Locale,
  { written, said, sure = 0 }: Understood,
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
      if (INSTEAD.test(text.trim())) return false;
      return sure >= (slot.answer.kind === "text" ? QUESTION_SURE : DIGRESSION_SURE);
    case "out-of-scope":
      return slot.answer.kind === "text" && !slot.long && /[?？]/.test(text) && sure >= DIGRESSION_SURE;
    default:
      return false;
  }
}

/** Letters that a question of one's own has at least, in Japanese and in English: "いつか" and "when" ask nothing yet. */
const ASKS_BY = { ja: 4, en: 6 };

/** Whether what a question could not use as its answer is worth a reply of its own. */
export function isAside(said: Said, text: string, locale: Locale, sure: number): boolean {
  const asks = isQuestion(text, locale) && text.replace(/[\s\p{P}]/gu, "").length >= ASKS_BY[locale];
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
