import type { Note } from "../reply/said.ts";
import { newCode, showCode, showReceipt } from "../requests/receipt.ts";
import type { FormAct } from "../understanding/command.ts";
import { whyOf } from "./asked.ts";
import { file } from "./filing.ts";
import { REVIEW, type Value } from "./form/form.ts";
import { relevant, slotOf, told } from "./form/path.ts";
import { run } from "./form-dialog.ts";
import type { FormTurn, Place } from "./form-turn.ts";
import { lookUp } from "./look-up.ts";
import { mailOf } from "./mail.ts";
import type { Counter } from "./open.ts";
import type { Steps } from "./steps.ts";

/** Days that a saved draft is kept. */
const DRAFT_DAYS = 7;

type Act = (counter: Counter, n: number | undefined, act: FormAct, place: Place) => Promise<FormTurn>;

/** What buttons and commands do to the form with the number `n`; one that is over is told so. */
export function createActs(steps: Steps, consent: string): Act {
  const { forms, open, say, move, begin, end, note } = steps;

  const act: Act = async (counter, n, doing, place) => {
    const current = open(counter);
    if (!current || (n !== undefined && n !== current.state.n)) return stale(counter, n, place);
    const { form, state } = current;
    switch (doing.do) {
      case "choose": {
        const slot = slotOf(form, doing.slot);
        if (!slot || slot.name !== state.asking || !("values" in slot.answer))
          return stale(counter, n, place);
        const { kind, values } = slot.answer;
        const chosen = doing.values.filter((value) => values.includes(value));
        if (chosen.length === 0) return stale(counter, n, place);
        const value: Value = kind === "choices" ? chosen : (chosen[0] ?? null);
        return move(counter, { do: "tell", values: { [slot.name]: value } }, place);
      }
      case "edit":
        return move(counter, { do: "edit", slot: doing.slot }, place);
      case "back": {
        const first = relevant(form, state.answers, place.facts)[0]?.name === state.asking;
        return move(counter, { do: "back" }, place, first ? [{ key: "back-at-start" }] : []);
      }
      case "skip": {
        const optional = slotOf(form, state.asking)?.optional;
        return move(counter, { do: "skip" }, place, optional ? [] : [{ key: "cannot-skip" }]);
      }
      case "why":
        return say(counter, place, [{ key: whyOf(state) }]);
      case "cancel": {
        const ended = await end(counter);
        // A look-up that ends leaves the request that it was about as it stands.
        const key = form.end === "file" ? "cancelled" : "look-up-ended";
        return { ...ended, said: [{ kind: "told", notes: [{ key }] }] };
      }
      case "restart": {
        const stack = await run(counter.stack, {
          do: "begin",
          form,
          n: counter.forms + 1,
          known: {},
          facts: place.facts,
        });
        return say({ ...counter, stack, forms: counter.forms + 1 }, place, [{ key: "again-from-start" }]);
      }
      case "save": {
        if (form.end !== "file") return say(counter, place, [{ key: "nothing-to-save" }]);
        const code = newCode(place.moment.random);
        const answers = told(form, state.answers, place.facts);
        const mail = mailOf(form, answers);
        const draft = {
          form: form.id,
          answers,
          asking: state.asking,
          ...(mail ? { mail } : {}),
        };
        const ended = await end(counter);
        const { draftDays = DRAFT_DAYS } = place;
        const until = place.moment.now + draftDays * 86_400_000;
        return {
          ...ended,
          said: [
            {
              kind: "told",
              notes: [{ key: "saved", values: { code: showCode(code), days: draftDays } }],
            },
          ],
          changes: [{ do: "save", code, until, draft }],
        };
      }
      case "confirm":
        if (state.asking !== REVIEW) return say(counter, place);
        return form.end === "file"
          ? file(steps, consent, counter, form, state, place)
          : lookUp(steps, counter, form, state, place, [], true);
      case "switch": {
        const other = state.other;
        return other ? begin(counter, other, "", place) : say(counter, place);
      }
      case "agree":
        // Taking back what was never sent is leaving it.
        return act(
          counter,
          n,
          { do: state.other && forms[state.other].end === "withdraw" ? "cancel" : "switch" },
          place,
        );
      case "stay": {
        const { other: _, ...rest } = state;
        return say(await note(counter, rest), place, [{ key: "switch.stayed", from: form.id }]);
      }
    }
  };

  const stale = async (counter: Counter, n: number | undefined, place: Place): Promise<FormTurn> => {
    const { filed } = counter;
    const sent = filed !== undefined && filed.n === n;
    const notes: Note[] = [
      sent
        ? { key: "dialogs:receipt.already", values: { receipt: showReceipt(filed.receipt) } }
        : { key: open(counter) || n !== undefined ? "stale" : "nothing-to-cancel" },
    ];
    return say(counter, place, notes);
  };

  return act;
}
