import type { Note } from "../reply/said.ts";
import { showReceipt } from "../requests/receipt.ts";
import type { RequestView } from "../requests/register.ts";
import { isOpen } from "../requests/state.ts";
import type { Form, FormState } from "./form/form.ts";
import { next } from "./form/path.ts";
import { run } from "./form-dialog.ts";
import { type FormTurn, foundOf, type Place } from "./form-turn.ts";
import type { Counter } from "./open.ts";
import type { Steps } from "./steps.ts";

/** Wrong pairs of number and code in one form before it ends. */
const MOST_WRONG = 5;

/** `status` and `withdraw`: number and code are there. */
export const lookUp = async (
  { say, end }: Pick<Steps, "say" | "end">,
  counter: Counter,
  form: Form,
  state: FormState,
  place: Place,
  notes: Note[],
  confirmed = false,
): Promise<FormTurn> => {
  const { "receipt-number": receipt, "status-code": code } = state.answers as Record<string, string>;
  const found = foundOf(place, "request");
  if (!found)
    return { counter, said: [], lookup: { look: "request", receipt: receipt ?? "", code: code ?? "" } };
  if (found.locked || (!found.request && (state.wrong ?? 0) + 1 >= MOST_WRONG))
    return {
      ...(await end(counter)),
      said: [{ kind: "told", notes: [{ key: "dialogs:status.locked" }], person: true }],
    };
  if (!found.request) {
    const wrong = (state.wrong ?? 0) + 1;
    const { wrong: _, misses: __, ...rest } = state;
    const retry: FormState = { ...rest, wrong, answers: {}, asking: next(form, {}, place.facts) };
    const stack = await run(counter.stack, { do: "note", state: retry });
    return say({ ...counter, stack }, place, [{ key: "dialogs:status.failed" }]);
  }
  const shown = shownOf(found.request, place);
  if (form.end === "status") {
    const { confirms, receipt } = found.request;
    const ended = (await end(counter)).counter;
    const { code: _, ...without } = ended;
    const offers = confirms && place.mails;
    return {
      counter: offers ? { ...without, code: { receipt } } : without,
      said: [{ kind: "status", request: shown }],
    };
  }
  const { state: stands } = found.request;
  if (!isOpen(stands)) {
    const key = stands === "withdrawn" ? "dialogs:withdraw.already" : "dialogs:withdraw.closed";
    return { ...(await end(counter)), said: [{ kind: "told", notes: [...notes, { key }] }] };
  }
  if (!confirmed) return { counter, said: [{ kind: "status", request: shown, withdraws: state.n }] };
  return {
    ...(await end(counter)),
    said: [{ kind: "told", notes: [{ key: "dialogs:withdraw.done", values: { receipt: shown.receipt } }] }],
    changes: [{ do: "withdraw", receipt: found.request.receipt }],
  };
};

function shownOf({ confirms, ...view }: RequestView, { mails }: Pick<Place, "mails">) {
  return { ...view, receipt: showReceipt(view.receipt), ...(confirms && mails ? { confirms } : {}) };
}
