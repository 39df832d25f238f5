import { LOCALES } from "../reply/locale.ts";
import type { Lessons } from "../understanding/trained.ts";
import type { Content, Utterance } from "./content.ts";

/**
 * What is learned of the content: the examples, all of them unless a choice is given, and each topic's own title as an
 * example of it. The clauses give words alone.
 */
export function lessonsOf(
  content: Content,
  choose: (all: readonly Utterance[]) => readonly Utterance[] = (all) => all,
): Lessons {
  const titles = [...content.topics.values()].flatMap(({ id, title }) =>
    LOCALES.map((locale) => ({ label: `topic:${id}`, locale, text: title[locale] })),
  );
  return {
    utterances: [...choose(content.utterances), ...titles],
    concepts: content.concepts,
    thesaurus: content.thesaurus,
    english: [...content.operators.values()].flatMap((o) =>
      o.clauses.map((c) => `${c.text.en.title} ${c.text.en.body}`),
    ),
  };
}
