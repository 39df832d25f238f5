import type { Locale } from "../reply/locale.ts";

/** Most questions that are answered in one message. */
const MOST = 3;
const CONNECTIVE_JA =
  /(?:^|\s)(?:あと|それと|それから|ついでに|あわせて|併せて|また|で、|ちなみに|もう一つ|もうひとつ|加えて|さらに)[、,\s]?/;
const CONNECTIVE_EN =
  /\b(?:and also|also|plus|and another thing|another question|secondly|and then|on top of that|while (?:we're|you're) at it|one more thing|and)\b[,:]?\s+/;
const ASKS_JA =
  /(?:[?？]|か|の|かな|かしら|たい|ください|下さい|ほしい|欲しい|教えて|おしえて|して|やめて|止めて|なに|何|いつ|どこ|だれ|誰|いくら|ある|いる|てる|ん|よね|やろ)$/;
const ASKS_EN =
  /\?|\b(?:what|who|whom|which|where|when|why|how|do|does|did|is|are|can|could|will|would|may|should|tell me|want|need|stop|delete|send|give|please|let me)\b/;

function sentences(text: string, locale: Locale): string[] {
  const split = locale === "ja" ? /(?<=[。！？!?\n])|\s{2,}/ : /(?<=[.!?\n])\s+/;
  return text
    .split(split)
    .flatMap((s) => s.split(locale === "ja" ? CONNECTIVE_JA : CONNECTIVE_EN))
    .map((s) => s.trim())
    .filter((s) => s.replace(/[\s\p{P}]/gu, "").length >= (locale === "ja" ? 4 : 6));
}

const CLOSING = /[。！!\s、,]+$/;
const QUESTION_JA = /(?:[?？]|か|の|かな|かしら|って何|とは|なに|何|いつ|どこ|だれ|誰|いくら)$/;
const QUESTION_EN =
  /\?|^(?:and |but |so |ok |wait )?(?:what|who|whom|which|where|when|why|how|do|does|did|is|are|can|could|will|would|may|should|tell me)\b/;

/** Whether a message asks something rather than tells it. */
export function isQuestion(text: string, locale: Locale): boolean {
  const plain = text.trim().replace(CLOSING, "");
  return locale === "ja"
    ? QUESTION_JA.test(plain) || /[?？]/.test(text)
    : QUESTION_EN.test(plain.toLowerCase());
}

/**
 * The parts of a message that each ask or wish for something, in order; a message with one question, or with a story
 * around it, is one part: itself.
 */
export function questionsIn(text: string, locale: Locale): string[] {
  const asks = sentences(text.slice(0, 600), locale).filter((s) =>
    locale === "ja" ? ASKS_JA.test(s.replace(/[。！!\s、,]+$/, "")) : ASKS_EN.test(s.toLowerCase()),
  );
  return asks.length >= 2 ? asks.slice(0, MOST) : [text];
}

const WHEN_EN = /^(?:and |but |so |ok |wait |sorry )?(?:when|why|who|whose|how long|how soon)\b/i;
const WHEN_JA =
  /(?:いつ|何日|何時間|どれくらい|どのくらい|どの位|なぜ|なんで(?!す)|どうして|誰が|だれが).{0,60}(?:[?？]|か|の|かな|です)[。\s]*$/;

/** The characters at a message's end in which such a question is looked for: the longest that `WHEN_JA` spans. */
const ENDS_WITHIN = 80;

/** Whether a message asks when, how long, why or who: what nobody asks who wants to have something done. */
export function asksWhenOrWhy(text: string, locale: Locale): boolean {
  const said = text.trim();
  return locale === "ja" ? WHEN_JA.test(said.slice(-ENDS_WITHIN)) : WHEN_EN.test(said);
}
