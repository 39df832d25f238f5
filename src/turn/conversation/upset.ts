import type { Slot } from "../../dialog/form/form.ts";
import type { Locale } from "../../reply/locale.ts";
import type { Cause } from "../../reply/said.ts";
import type { Heeding } from "../../understanding/signs.ts";
import { withoutReproach } from "../../understanding/slots/reproach.ts";

/** What words are a sign of, if of anything. */
export type Signs = (text: string, locale: Locale, heeding: Heeding) => Cause | undefined;

/** A message at the open question of a form; none is open at its review. */
export interface AtQuestion {
  slot: Slot | undefined;
  text: string;
  locale: Locale;
}

const named = (slot: Slot | undefined): boolean =>
  slot?.answer.kind === "name" || slot?.answer.kind === "kana";

/** Signs in words that may be the answer to a form's question. */
export function upsetIn(signs: Signs = () => undefined) {
  /** An answer that is repeated with a reproach is the answer. */
  const heard = ({ slot, text, locale }: AtQuestion, heeding: Heeding) =>
    signs(named(slot) ? withoutReproach(text) : text, locale, heeding);
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
     * Whether it is no answer although one could be read in it: nobody is called "enough of this", and who is only angry has
     * not chosen "no". A leak may well be what is chosen. `surely`: whether the words choose beyond doubt.
     */
    isNoAnswer(at: AtQuestion, sign: Cause | undefined, surely: () => boolean): boolean {
      // Phrases alone: to the model, which knows no names, many of them sound like anger.
      if (named(at.slot)) return heard(at, "phrases") !== undefined;
      const chooses = at.slot !== undefined && "values" in at.slot.answer;
      return chooses && (sign === "anger" || sign === "dispute") && !surely();
    },
  };
}
