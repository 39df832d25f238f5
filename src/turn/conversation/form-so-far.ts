import type { FormSoFar, OpenQuestion } from "../../handoff/handoff.ts";
import type { Locale } from "../../reply/locale.ts";
import type { Asking } from "../../reply/said.ts";
import type { Speaker } from "../../reply/speaker.ts";
import type { Talk } from "../talk.ts";
import type { ConversationOptions } from "./options.ts";
import { counterOf, type Outcomes } from "./outcomes.ts";
import type { Seat } from "./seat.ts";

/** The form that is open, in words for an agent; null when none is. `whole`: sensitive answers, too. */
export function createFormSoFar(
  { open, place }: Outcomes,
  { procedures, renderer, texts }: Pick<ConversationOptions, "procedures" | "renderer" | "texts">,
) {
  const openQuestion = (speaker: Speaker, question: Asking, locale: Locale): OpenQuestion => {
    const { words } = renderer.message(speaker, [{ kind: "ask", ...question }], locale);
    const choices = words.kind === "ask" ? (words.choices ?? []) : [];
    const label = texts[locale](`dialogs:slots.${question.slot}.label`);
    return { label, input: question.input, choices, optional: question.optional === true };
  };

  return async (seat: Seat, talk: Talk, whole?: boolean): Promise<FormSoFar | null> => {
    const { speaker } = seat;
    const { locale } = talk;
    if (!open(talk)) return null;
    const found = (await procedures()).soFar(counterOf(talk), place(seat, locale), whole);
    if (!found) return null;
    const { form, n, asking, rows, question } = found;
    const { words } = renderer.message(speaker, [{ kind: "review", form, n, rows }], locale);
    return {
      type: form,
      n,
      asking,
      rows: words.kind === "review" ? words.rows : [],
      question: question ? openQuestion(speaker, question, locale) : null,
    };
  };
}
