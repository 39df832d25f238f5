import type { Note } from "../reply/said.ts";
import { showReceipt } from "../requests/receipt.ts";
import type { RequestView } from "../requests/register.ts";
import type { RequestType } from "../requests/request-type.ts";
import { asking, rows, withNotes } from "./asked.ts";
import type { Input } from "./form/advance.ts";
import type { Form, FormState } from "./form/form.ts";
import { slotOf, told } from "./form/path.ts";
import { run } from "./form-dialog.ts";
import { type FormTurn, foundOf, type Place } from "./form-turn.ts";
import { lookUp } from "./look-up.ts";
import { type Counter, openForm } from "./open.ts";
import { personOf } from "./person.ts";
import type { FormReading } from "./reading.ts";
import { formOn } from "./stack.ts";

/** The steps that every move in a form is made of. */
export interface Steps {
  forms: Readonly<Record<RequestType, Form>>;
  reading: FormReading;
  /** The form that is open, and where it stands. */
  open: (counter: Counter) => { form: Form; state: FormState } | undefined;
  /** Says what stands open after a move: a question, the review, or what was looked up. */
  say: (counter: Counter, place: Place, notes?: Note[]) => Promise<FormTurn>;
  move: (counter: Counter, input: Input, place: Place, notes?: Note[]) => Promise<FormTurn>;
  begin: (counter: Counter, request: RequestType, text: string, place: Place) => Promise<FormTurn>;
  end: (counter: Counter) => Promise<FormTurn>;
  /** Keeps what was noted beside the answers. */
  note: (counter: Counter, state: FormState) => Promise<Counter>;
}

export function createSteps({ forms, reading }: Pick<Steps, "forms" | "reading">): Steps {
  const open: Steps["open"] = (counter) => openForm(forms, counter);

  const say: Steps["say"] = async (counter, place, notes = []) => {
    const current = open(counter);
    if (!current) return { counter, said: notes.length > 0 ? [{ kind: "told", notes }] : [] };
    const { form, state } = current;
    const question = asking(form, state, place.facts);
    if (question) return { counter, said: [{ kind: "ask", ...question, ...withNotes(notes) }] };
    if (form.end !== "file") return lookUp(steps, counter, form, state, place, notes);
    return reviewed(counter, form, state, place, notes);
  };

  const reviewed = (
    counter: Counter,
    form: Form,
    state: FormState,
    place: Place,
    notes: Note[],
  ): FormTurn => {
    const person = personOf(told(form, state.answers, place.facts));
    const found = foundOf(place, "duplicate");
    if (person !== undefined && !found)
      return { counter, said: [], lookup: { look: "duplicate", type: form.id, person } };
    const before = found?.open;
    const all = before ? [...notes, duplicateNote(before)] : notes;
    const shown = rows(reading, form, state.answers, place);
    return {
      counter,
      said: [{ kind: "review", form: form.id, n: state.n, rows: shown, ...withNotes(all) }],
    };
  };

  const end: Steps["end"] = async (counter) => {
    const stack = await run(counter.stack, { do: "end" });
    return { counter: { ...counter, stack }, said: [] };
  };

  const move: Steps["move"] = async (counter, input, place, notes = []) => {
    const current = open(counter);
    if (!current) return { counter, said: [] };
    const stack = await run(counter.stack, {
      do: "step",
      form: current.form,
      input,
      facts: place.facts,
    });
    return say({ ...counter, stack }, place, notes);
  };

  const note: Steps["note"] = async (counter, state) => ({
    ...counter,
    stack: await run(counter.stack, { do: "note", state }),
  });

  const begin: Steps["begin"] = async (counter, request, text, place) => {
    const form = forms[request];
    const before = open(counter)?.state.answers ?? {};
    const ask = { locale: place.locale, now: place.moment.now };
    const shared = Object.fromEntries(Object.entries(before).filter(([name]) => slotOf(form, name)));
    const { values: more } = reading.others(form, shared, place.facts, text, ask, true);
    const n = counter.forms + 1;
    const known = { ...shared, ...more };
    const stack = await run(counter.stack, { do: "begin", form, n, known, facts: place.facts });
    const begun: Counter = { ...counter, stack, forms: n };
    const state = formOn(stack);
    const question = state && asking(form, state, place.facts);
    if (!question) return say(begun, place);
    const filled = rows(reading, form, known, place);
    const notes: Note[] = filled.length > 0 ? [{ key: "filled", rows: filled }] : [];
    return { counter: begun, said: [{ kind: "request", request, asks: question, ...withNotes(notes) }] };
  };

  const steps: Steps = { forms, reading, open, say, move, begin, end, note };
  return steps;
}

function duplicateNote(open: RequestView & { own: boolean }): Note {
  const receipt = showReceipt(open.receipt);
  return open.own
    ? { key: "dialogs:review.duplicate-own", values: { receipt } }
    : { key: "dialogs:review.duplicate", values: { tail: receipt.slice(-4) }, on: open.receivedAt };
}
