import type { MailAddress } from "../requests/register.ts";
import type { Answers, Form } from "./form/form.ts";

/**
 * The e-mail address that a request holds, as its form declares it; undefined when none was told. The address is its
 * holder's own business only when nothing else of a person was told: whoever reads mail there does not own a telephone.
 */
export function mailOf(form: Form, answers: Answers): MailAddress | undefined {
  const slot = form.slots.find(({ name, mails }) => mails && typeof answers[name] === "string");
  const to = slot && answers[slot.name];
  if (!slot?.mails || typeof to !== "string") return undefined;
  const others = form.slots.some((one) => one !== slot && one.sensitive && answers[one.name] != null);
  return { to, use: slot.mails === "holder" && others ? "subject" : slot.mails };
}
