import type { Random } from "../requests/receipt.ts";
import type { Found } from "../requests/register.ts";
import type { RequestType } from "../requests/request-type.ts";
import type { PersonalKind } from "../understanding/personal/kind.ts";
import type { Form, FormState } from "./form/form.ts";
import { slotOf } from "./form/path.ts";
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
}

type Forms = Readonly<Record<RequestType, Form>>;

/** The form that is open; none when the stack is empty or names a form that is gone. */
export function openForm(forms: Forms, { stack }: Counter): { form: Form; state: FormState } | undefined {
  const state = formOn(stack);
  const form = state && forms[state.form];
  return state && form ? { form, state } : undefined;
}

/** Personal numbers that the open question asks for. */
export function asked(forms: Forms, counter: Counter): readonly PersonalKind[] {
  const open = openForm(forms, counter);
  return (open && slotOf(open.form, open.state.asking)?.asks) ?? [];
}
