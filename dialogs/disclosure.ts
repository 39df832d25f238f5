import type { Form } from "../src/dialog/form/form.ts";
import { method, methodOther, REPLY, scope, scopeOther, WHO } from "./slots.ts";

/** 開示: the data held on the customer (法33条1項). */
export const disclosure: Form = {
  id: "disclosure",
  end: "file",
  slots: [scope, scopeOther, method, methodOther, ...WHO, ...REPLY],
};
