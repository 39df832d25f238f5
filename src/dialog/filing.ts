import { targetDay } from "../requests/deadline.ts";
import { newCode, newReceipt, showCode, showReceipt } from "../requests/receipt.ts";
import { type Form, type FormState, REVIEW } from "./form/form.ts";
import { next, told } from "./form/path.ts";
import { type FormTurn, foundOf, type Place } from "./form-turn.ts";
import { mailOf } from "./mail.ts";
import type { Counter } from "./open.ts";
import { personOf } from "./person.ts";
import type { Steps } from "./steps.ts";

/** The review was confirmed: the request is filed, and its receipt handed over. `consent`: the notice's version. */
export const file = async (
  { say, end }: Pick<Steps, "say" | "end">,
  consent: string,
  counter: Counter,
  form: Form,
  state: FormState,
  place: Place,
): Promise<FormTurn> => {
  const { moment, locale, facts, targetDays } = place;
  const { guardianBelow } = facts;
  const answers = told(form, state.answers, facts);
  if (next(form, answers, facts) !== REVIEW) return say(counter, place);
  const receipt = newReceipt(moment.random);
  const code = newCode(moment.random);
  const person = personOf(answers);
  const mail = mailOf(form, answers);
  const request = {
    type: form.id,
    receipt,
    code,
    receivedAt: moment.now,
    targetOn: targetDay(moment.now, targetDays),
    locale,
    answers,
    consent,
    form: state.n,
    ...(person === undefined ? {} : { person }),
    ...(mail ? { mail } : {}),
  };
  const offers = place.mails && mail ? mail : undefined;
  // What is told of a mail is looked up first: to one address goes only so much a day.
  const room = offers?.use === "reply" ? foundOf(place, "receipt-mail") : undefined;
  if (offers?.use === "reply" && !room)
    return { counter, said: [], lookup: { look: "receipt-mail", to: offers.to } };
  const mailed = room?.goes ? ({ mailed: true } as const) : {};
  const ended = await end(counter);
  const { requester, ward, age, reply } = answers;
  return {
    counter: {
      ...ended.counter,
      filed: { n: state.n, receipt },
      ...(offers ? { code: { receipt } } : {}),
    },
    said: [
      {
        kind: "receipt",
        filed: {
          type: form.id,
          receipt: showReceipt(receipt),
          code: showCode(code),
          state: "received",
          receivedAt: moment.now,
          targetOn: request.targetOn,
          ...(offers ? { confirms: offers.use } : {}),
        },
        days: targetDays,
        ...mailed,
        ...(typeof requester === "string" ? { requester } : {}),
        ...(typeof ward === "string" ? { ward } : {}),
        ...(typeof reply === "string" ? { replies: true } : {}),
        ...(age === "below" && guardianBelow !== undefined ? { guardian: guardianBelow } : {}),
      },
    ],
    changes: [{ do: "file", request, ...mailed }],
  };
};
