import { type Answers, type Facts, type Form, type FormState, REVIEW, type Value } from "./form.ts";
import { next, relevant, slotOf } from "./path.ts";

/** What a customer does to a form, understood. */
export type Input =
  /** Values for slots: the open one, others that were told along with it, or earlier ones that are put right. */
  | { do: "tell"; values: Answers }
  | { do: "skip" }
  | { do: "back" }
  /** To the question of a slot, to answer it anew. */
  | { do: "edit"; slot: string }
  /** Nothing: the question as it is, after a deploy perhaps another. */
  | { do: "go-on" };

/** A form that begins, with what is known already. */
export function begin(form: Form, n: number, known: Answers, facts: Facts): FormState {
  const names = new Set(form.slots.map((slot) => slot.name));
  const answers = Object.fromEntries(Object.entries(known).filter(([name]) => names.has(name)));
  return { form: form.id, n, answers, asking: next(form, answers, facts) };
}

/**
 * One step, pure. Never throws: an input that means nothing here (an unknown slot, back at the beginning, a skip of
 * what must be answered) leaves the state as it is, but for a question that is gone.
 */
export function advance(form: Form, state: FormState, input: Input, facts: Facts): FormState {
  const { form: id, n, wrong } = state;
  const base = { form: id, n, ...(wrong === undefined ? {} : { wrong }) };
  const onward = (answers: Answers): FormState => ({ ...base, answers, asking: next(form, answers, facts) });
  switch (input.do) {
    case "tell": {
      const known = Object.entries(input.values).filter(([name]) => slotOf(form, name));
      if (known.length === 0) return current(form, state, facts);
      return onward(changed(form, state.answers, Object.fromEntries(known)));
    }
    case "skip": {
      const open = slotOf(form, state.asking);
      if (!open?.optional) return current(form, state, facts);
      return onward({ ...state.answers, [open.name]: null satisfies Value });
    }
    case "back": {
      if (state.editing) return onward(state.answers);
      const slots = relevant(form, state.answers, facts).map((slot) => slot.name);
      const at = state.asking === REVIEW ? slots.length : slots.indexOf(state.asking);
      const before = slots[at - 1];
      return before === undefined
        ? current(form, state, facts)
        : { ...base, answers: state.answers, asking: before };
    }
    case "edit": {
      const there = relevant(form, state.answers, facts).some((slot) => slot.name === input.slot);
      if (!there) return current(form, state, facts);
      return { ...base, answers: state.answers, asking: input.slot, editing: true };
    }
    case "go-on":
      return current(form, state, facts);
  }
}

/** The answers with new ones, without those that were about what an answer was before. */
function changed(form: Form, before: Answers, values: Answers): Answers {
  const all = { ...before, ...values };
  const left = form.slots.filter(({ name, about }) => {
    if (about === undefined || name in values || !(about in values)) return false;
    const was = before[about] ?? null;
    return was !== null && JSON.stringify(was) !== JSON.stringify(values[about]);
  });
  const names = new Set(left.map(({ name }) => name));
  return Object.fromEntries(Object.entries(all).filter(([name]) => !names.has(name)));
}

/** The state as it is; where its question does not exist any more or does not matter, the next one. */
function current(form: Form, state: FormState, facts: Facts): FormState {
  const open = relevant(form, state.answers, facts).some((slot) => slot.name === state.asking);
  if (open) return state;
  const asking = next(form, state.answers, facts);
  if (asking === state.asking) return state;
  const { editing: _, ...rest } = state;
  return { ...rest, asking };
}
