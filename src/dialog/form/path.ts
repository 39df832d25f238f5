import {
  type Answers,
  type Facts,
  type Form,
  type FormState,
  REVIEW,
  type Slot,
  type Value,
} from "./form.ts";

/** The questions that matter after what was told, in their order. */
export function relevant(form: Form, answers: Answers, facts: Facts): Slot[] {
  return form.slots.filter((slot) => slot.when?.(answers, facts) ?? true);
}

export function slotOf(form: Form, name: string): Slot | undefined {
  return form.slots.find((slot) => slot.name === name);
}

/** Whether a value still fits its slot: a deploy may have taken a choice away. */
function fits({ answer, optional }: Slot, value: Value | undefined): boolean {
  if (value === undefined) return false;
  if (value === null) return optional === true;
  switch (answer.kind) {
    case "choice":
      return typeof value === "string" && answer.values.includes(value);
    case "choices":
      return Array.isArray(value) && value.length > 0 && value.every((one) => answer.values.includes(one));
    default:
      return true;
  }
}

/** What to ask next: the first question that matters and has no answer that fits, or the review. */
export function next(form: Form, answers: Answers, facts: Facts): string {
  return relevant(form, answers, facts).find((slot) => !fits(slot, answers[slot.name]))?.name ?? REVIEW;
}

/** Only what matters: the answers to questions that later answers made irrelevant are left out. */
export function told(form: Form, answers: Answers, facts: Facts): Answers {
  const slots = relevant(form, answers, facts).filter((slot) => fits(slot, answers[slot.name]));
  return Object.fromEntries(slots.map(({ name }) => [name, answers[name] as Value]));
}

/** Where one stands: the open question is the `at`th of `of`. The end moves with what is relevant. */
export function step(form: Form, state: FormState, facts: Facts): { at: number; of: number } {
  const slots = relevant(form, state.answers, facts);
  const at = slots.findIndex(({ name }) => name === state.asking);
  const of = slots.length + (form.end === "file" ? 1 : 0);
  return { at: at < 0 ? of : at + 1, of };
}
