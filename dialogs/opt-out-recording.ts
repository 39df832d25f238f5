import type { Form, Slot } from "../src/dialog/form/form.ts";
import { choice, is, name, REPLY } from "./slots.ts";

const recording: Slot = { ...choice("recording", ["stop", "erase"]), volunteered: true };
const callFrom: Slot = {
  name: "call-from",
  answer: { kind: "telephone" },
  sensitive: true,
  asks: ["telephone"],
};
const calledOn: Slot = { name: "called-on", answer: { kind: "date" }, when: is("recording", "erase") };
const whenErased = is("recording", "erase");
const reply = REPLY.map(
  (slot): Slot => ({
    ...slot,
    when: (answers, facts) => whenErased(answers) && (slot.when?.(answers, facts) ?? true),
  }),
);

/** Calls not recorded, or a recording erased (the latter 法35条). By the person alone. */
export const optOutRecording: Form = {
  id: "opt-out-recording",
  end: "file",
  slots: [recording, callFrom, calledOn, name, ...reply],
};
