import type { Form, Slot } from "../src/dialog/form/form.ts";
import { choice, method, methodOther, REPLY, WHO } from "./slots.ts";

const records: Slot = choice("records", ["both", "provided", "received"]);
const period: Slot = { name: "period", answer: { kind: "period" } };

/** 第三者提供記録の開示: who got the customer's data, and from whom it came (法33条5項). */
export const provisionRecords: Form = {
  id: "provision-records",
  end: "file",
  slots: [records, period, method, methodOther, ...WHO, ...REPLY],
};
