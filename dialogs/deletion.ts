import type { Form } from "../src/dialog/form/form.ts";
import { ground, REPLY, reason, scope, scopeOther, WHO } from "./slots.ts";

/** 消去 (法35条1項・5項). */
export const deletion: Form = {
  id: "deletion",
  end: "file",
  slots: [scope, scopeOther, ground, reason, ...WHO, ...REPLY],
};
