import { slotOf } from "../../dialog/form/path.ts";
import type { FormTurn } from "../../dialog/form-turn.ts";
import type { FillIn } from "../../handoff/handoff.ts";
import type { Outcome, Talk } from "../talk.ts";
import type { ConversationOptions } from "./options.ts";
import { counterOf, type Outcomes } from "./outcomes.ts";
import type { Seat } from "./seat.ts";

/** Why nothing is filled in: the form is another one by now, or the words are no answer to its question. */
export type Unfit = "form" | "answer";

/**
 * An agent answers the open question for the customer, or begins a request for them. Nothing is sent by it, and
 * nothing looked up by a number and a code: those are the customer's own.
 */
export function createFillIn(
  { open, place, told }: Outcomes,
  { forms, procedures }: Pick<ConversationOptions, "forms" | "procedures">,
) {
  return async (seat: Seat, talk: Talk, what: FillIn): Promise<Outcome | Unfit> => {
    const counter = counterOf(talk);
    const current = open(talk);
    const here = place(seat, talk.locale);
    const steps = await procedures();
    const speak = (turn: FormTurn) => told(seat, talk, talk.locale, turn);
    if (what.do === "start") {
      const wanted = Object.values(forms).find(({ id, end }) => id === what.type && end === "file");
      if (current || !wanted) return "form";
      return speak(await steps.begin(counter, wanted.id, "", here));
    }
    if (!current || current.state.n !== what.n) return "form";
    const { form, state } = current;
    if (form.end !== "file" || state.other !== undefined) return "form";
    const slot = slotOf(form, state.asking);
    switch (what.do) {
      case "back":
        return speak(await steps.act(counter, what.n, { do: "back" }, here));
      case "skip":
        return slot?.optional ? speak(await steps.act(counter, what.n, { do: "skip" }, here)) : "form";
      case "choose": {
        if (!slot || slot.name !== what.slot) return "form";
        const { answer } = slot;
        if (!("values" in answer) || !what.values.every((value) => answer.values.includes(value)))
          return "answer";
        const values = [...what.values];
        return speak(await steps.act(counter, what.n, { do: "choose", slot: slot.name, values }, here));
      }
      case "answer": {
        if (!slot || slot.name !== what.slot) return "form";
        const turn = await steps.answer(counter, what.text.toWellFormed(), here);
        return turn ? speak(turn) : "answer";
      }
    }
  };
}
