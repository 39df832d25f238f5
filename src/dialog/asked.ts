import type { Locale } from "../reply/locale.ts";
import type { Asking, Note, Row } from "../reply/said.ts";
import { type Answers, type Facts, type Form, type FormState, REVIEW, type Value } from "./form/form.ts";
import { relevant, slotOf, step } from "./form/path.ts";
import type { Place } from "./form-turn.ts";
import type { FormReading } from "./reading.ts";

/** The open question as it is shown; undefined at the review and where nothing is asked. */
export const asking = (form: Form, state: FormState, facts: Facts): Asking | undefined => {
  const slot = slotOf(form, state.asking);
  if (!slot) return undefined;
  const { answer, optional, long } = slot;
  const prefix = slot.prefix?.(state.answers);
  return {
    form: form.id,
    n: state.n,
    slot: slot.name,
    input: answer.kind,
    step: step(form, state, facts),
    ...("values" in answer ? { values: answer.values } : {}),
    ...(answer.kind === "choices" ? { several: true } : {}),
    ...(optional ? { optional } : {}),
    ...(long ? { long } : {}),
    ...(prefix ? { prefix } : {}),
    ...(form.end === "file" ? { saves: true } : {}),
  };
};

/** One answer as a customer reads it back. `whole`: a sensitive one, too. */
export const rowOf = (
  reading: FormReading,
  form: Form,
  name: string,
  value: Value,
  locale: Locale,
  whole = false,
): Row => {
  const slot = slotOf(form, name);
  if (value === null || !slot) return { slot: name, value: null };
  if ("values" in slot.answer) return { slot: name, value: null, chosen: [value].flat() as string[] };
  const { sensitive: _, ...open } = slot;
  return { slot: name, value: reading.show(whole ? open : slot, value, locale) };
};
/** All answers that count, in the order of the questions. */
export const rows = (
  reading: FormReading,
  form: Form,
  answers: Answers,
  { facts, locale }: Pick<Place, "facts" | "locale">,
  whole = false,
) =>
  relevant(form, answers, facts).flatMap(({ name }) => {
    const value = answers[name];
    return value === undefined ? [] : [rowOf(reading, form, name, value, locale, whole)];
  });

/** Notes as a part of what is said; nothing where there are none. */
export const withNotes = (notes: Note[]) => (notes.length > 0 ? { notes } : {});

/** The words that say why the open question is asked. */
export const whyOf = ({ asking }: FormState): string =>
  asking === REVIEW ? "why-review" : `dialogs:slots.${asking}.why`;
