import { LOCALES } from "../reply/locale.ts";
import { NO_SIGN } from "../understanding/signs.ts";
import type { Lessons } from "../understanding/trained.ts";
import type { Content, Examples, Utterance } from "./content.ts";

/** Of so many plain examples one is learned as no sign of anything. */
const PLAIN = 20;
/** Customers who complain or call for a person are angry often enough, and what they tell is often a leak. */
const MAY_BE_A_SIGN: readonly string[] = ["request:complaint", "handoff"];
/** Voices that ask in anger: whether that is one is left open. */
const ANGRY = /^angry/;

/**
 * What is a sign, and what is none: the lines of `content/offers/`, and beside them plain questions and wishes, each kind
 * by a label of its own: a question, a greeting and an address have nothing in common but that they are no sign.
 */
export function signLessonsOf({ signs, utterances }: Examples): Lessons["utterances"] {
  const plain = utterances.filter(({ label, voice }) => !MAY_BE_A_SIGN.includes(label) && !ANGRY.test(voice));
  const some = plain.filter((_, i) => i % PLAIN === 0);
  return [...signs, ...some.map((one) => ({ ...one, label: `${NO_SIGN}:${one.label.split(":")[0]}` }))];
}

/**
 * What is learned of the content: the examples, all of them unless a choice is given, and each topic's own title as an
 * example of it, where it has any besides: a topic that comes without examples asks for no training. The clauses give
 * words alone.
 */
export function lessonsOf(
  content: Content & Pick<Examples, "utterances">,
  choose: (all: readonly Utterance[]) => readonly Utterance[] = (all) => all,
): Lessons {
  const labels = new Set(content.utterances.map(({ label, locale }) => `${locale} ${label}`));
  const titles = [...content.topics.values()].flatMap(({ id, title }) =>
    LOCALES.map((locale) => ({ label: `topic:${id}`, locale, text: title[locale] })),
  );
  return {
    utterances: [
      ...choose(content.utterances),
      ...titles.filter(({ label, locale }) => labels.has(`${locale} ${label}`)),
    ],
    concepts: content.concepts,
    thesaurus: content.thesaurus,
    english: [...content.operators.values()].flatMap((o) =>
      o.clauses.map((c) => `${c.text.en.title} ${c.text.en.body}`),
    ),
  };
}
