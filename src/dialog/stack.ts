import type { Input } from "./form/advance.ts";
import type { Answers, Facts, Form, FormState } from "./form/form.ts";

/** botbuilder's dialog stack as plain JSON: what of it is kept in the talk between turns. */
export interface Stack {
  dialogStack: { id: string; state: FormState }[];
}

/** What a turn does to the stack. */
export type Move =
  /** A form begins with what is known already, in the place of any other. `n`: its number in the conversation. */
  | { do: "begin"; form: Form; n: number; known: Answers; facts: Facts }
  | { do: "step"; form: Form; input: Input; facts: Facts }
  /** The form that is open, remembered otherwise: a miss was counted, a question about it is open. */
  | { do: "note"; state: FormState }
  | { do: "end" };

/** The form on top of the stack. */
export function formOn(stack: Stack | undefined): FormState | undefined {
  return stack?.dialogStack.at(-1)?.state;
}
