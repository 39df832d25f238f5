import type { Form } from "../src/dialog/form/form.ts";
import { REPLY, scope, scopeOther, WHO } from "./slots.ts";

/** 利用目的の通知: what the customer's own data is used for (法32条2項). */
export const notifyPurpose: Form = {
  id: "notify-purpose",
  end: "file",
  slots: [scope, scopeOther, ...WHO, ...REPLY],
};
