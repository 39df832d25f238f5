import type { Form } from "../src/dialog/form/form.ts";
import { ground, REPLY, reason, scope, scopeOther, WHO } from "./slots.ts";

/** 利用停止: kept, but no longer used (法35条1項・5項). */
export const stopUse: Form = {
  id: "stop-use",
  end: "file",
  slots: [scope, scopeOther, ground, reason, ...WHO, ...REPLY],
};
