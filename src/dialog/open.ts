import type { Random } from "../requests/receipt.ts";
import type { Found } from "../requests/register.ts";
import type { RequestType } from "../requests/request-type.ts";
import type { PersonalKind } from "../understanding/personal/kind.ts";
import type { Form, FormState } from "./form/form.ts";
import { slotOf } from "./form/path.ts";
import type { Offered } from "./identity.ts";
import { formOn, type Stack } from "./stack.ts";

/** What every turn looks at, form or none: light, while all that runs forms is loaded with the first of them. */

/** What a turn knows beside the words. */
export interface Moment {
  /** When the message arrived, in milliseconds since 1970. */
  now: number;
  random: Random;
  /** What was found for the lookups that the turn has asked for, in their order. */
  found?: readonly Found[];
}

/** Everything that forms remember of a conversation: plain JSON. */
export interface Counter {
  stack?: Stack | undefined;
  /** Forms begun so far. */
  forms: number;
  /** What was filed last, by the number of its form: "that was sent already". */
  filed?: { n: number; receipt: string } | undefined;
  /** The request for which a code may be mailed. */
  code?: Offered | undefined;
}

type Forms = Readonly<Record<RequestType, Form>>;

/** The form that is open; none when the stack is empty or names a form that is gone. */
export function openForm(forms: Forms, { stack }: Counter): { form: Form; state: FormState } | undefined {
  const state = formOn(stack);
  const form = state && forms[state.form];
  return state && form ? { form, state } : undefined;
}

/** Personal numbers that a turn has asked for: by its open question, and by those that it was told the answers to. */
export function asked(forms: Forms, before: Counter, after: Counter): readonly PersonalKind[] {
  const [open, now] = [openForm(forms, before), openForm(forms, after)];
  const asks = (open && slotOf(open.form, open.state.asking)?.asks) ?? [];
  const told = now?.form.slots.filter(
    ({ name }) => now.state.answers[name] != null && now.state.answers[name] !== open?.state.answers[name],
  );
  return [...asks, ...(told ?? []).flatMap((slot) => slot.asks ?? [])];
}
