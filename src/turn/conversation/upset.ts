import type { Slot } from "../../dialog/form/form.ts";
import type { Locale } from "../../reply/locale.ts";
import type { Cause } from "../../reply/said.ts";
import type { Heeding } from "../../understanding/signs.ts";
import { name } from "../../understanding/slots/name.ts";
import { withoutReproach } from "../../understanding/slots/reproach.ts";

/** What words are a sign of, if of anything. */
export type Signs = (text: string, locale: Locale, heeding: Heeding) => Cause | undefined;

/** A message at the open question of a form; none is open at its review. */
export interface AtQuestion {
  slot: Slot | undefined;
  text: string;
  locale: Locale;
}

/** Ends of what may be anger and an answer side by side; a dot within an address is none. */
const PARTS = /(?<=[、。！!？?\n])|(?<=[,;.])\s+/;
/** What is surely a name beside anger: kanji, katakana, or words with capitals; "the third time" is none. */
const NAME =
  /^(?:[\p{Script=Han}\p{Script=Katakana}ー・＝ ]{2,20}|\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’.-]*){1,4})$/u;
const COUNT = /[\d一二三四五六七八九十何](?:回|度)/;

const named = (slot: Slot | undefined): boolean =>
  slot?.answer.kind === "name" || slot?.answer.kind === "kana";

/** Signs in words that may be the answer to a form's question. */
export function upsetIn(signs: Signs = () => undefined) {
  /** An answer that is repeated with a reproach is the answer. */
  const heard = ({ text, locale }: AtQuestion, heeding: Heeding) =>
    signs(withoutReproach(text), locale, heeding);
  const takesWords = ({ slot }: AtQuestion): boolean => slot?.answer.kind === "text";
  return {
    /**
     * What words are a sign of that turn out to be nothing else. Where any may be the answer (a complaint, a reason) they
     * tell what has happened: of nothing.
     */
    sign: (at: AtQuestion): Cause | undefined => (takesWords(at) ? undefined : heard(at, "sentences")),

    /** The same of a question, a wish, a call for a person: these are no anger only because they sound like it. */
    signSaid: (at: AtQuestion): Cause | undefined => (takesWords(at) ? undefined : heard(at, "phrases")),

    /** The same of an answer: nothing where one answers in words of one's own. */
    signBeside: (at: AtQuestion): Cause | undefined =>
      takesWords(at) || named(at.slot) || at.slot?.answer.kind === "address"
        ? undefined
        : heard(at, "phrases"),

    /**
     * What of it may be an answer; "" when it is anger and nothing else: nobody is called "enough of this", and who does not
     * accept something has not chosen "no". A leak may well be what is chosen, but is no name. Phrases alone say so: what
     * a model believes takes nobody's answer away.
     */
    answerIn(at: AtQuestion): string {
      const { slot, text, locale } = at;
      if (!slot || takesWords(at) || signs(text, locale, "phrases") === undefined) return text;
      const calm = (part: string): boolean => {
        const sign = heard({ ...at, text: part }, "phrases");
        return sign === undefined || sign === "misses" || (sign === "leak" && !named(slot));
      };
      const parts = text.split(PARTS);
      const left = parts.filter(calm);
      if (left.length === parts.length) return text;
      const rest = left.join(locale === "ja" ? "" : " ").replace(/[、,;\s]{1,9}$/, "");
      return named(slot) && !isName(slot, rest, locale) ? "" : withoutReproach(rest);
    },
  };
}

function isName({ answer }: Slot, text: string, locale: Locale): boolean {
  if (answer.kind !== "name") return false;
  const read = name.parse(text, { locale, now: 0 });
  return read.ok && NAME.test(read.value) && !COUNT.test(read.value);
}
