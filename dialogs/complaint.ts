import type { Form, Slot } from "../src/dialog/form/form.ts";
import { choice, is, REPLY } from "./slots.ts";

const complaintText: Slot = { name: "complaint", answer: { kind: "text" }, long: true };
const happenedOn: Slot = { name: "happened-on", answer: { kind: "date" }, optional: true };
const answerWanted: Slot = choice("answer-wanted", ["yes", "no"]);
const whenWanted = is("answer-wanted", "yes");
const complainant: Slot = {
  name: "name",
  answer: { kind: "name" },
  when: whenWanted,
  sensitive: true,
};
const reply = REPLY.map(
  (slot): Slot => ({
    ...slot,
    when: (answers, facts) => whenWanted(answers) && (slot.when?.(answers, facts) ?? true),
  }),
);

/** To be heard (法40条): anyone, without a name if they like. */
export const complaint: Form = {
  id: "complaint",
  end: "file",
  slots: [complaintText, happenedOn, answerWanted, complainant, ...reply],
};
