import type { Form, Slot } from "../src/dialog/form/form.ts";
import { choice, is, REPLY, reason, WHO } from "./slots.ts";

const recipient: Slot = { ...choice("recipient", ["everyone", "group", "named"]), volunteered: true };
const recipientName: Slot = {
  name: "recipient-name",
  answer: { kind: "text" },
  held: true,
  when: is("recipient", "named"),
};
/** 法27条1項, 28条, 27条2項 (opt-out provision), and 35条5項. */
const provisionGround: Slot = choice("provision-ground", [
  "without-consent",
  "abroad",
  "opt-out",
  "no-longer-needed",
  "leak",
  "rights-harmed",
  "unknown",
]);

/** 第三者提供の停止 (法35条3項・5項). */
export const stopProvision: Form = {
  id: "stop-provision",
  end: "file",
  slots: [recipient, recipientName, provisionGround, reason, ...WHO, ...REPLY],
};
