import type { Form, Slot } from "../src/dialog/form/form.ts";

export const receiptNumber: Slot = {
  name: "receipt-number",
  answer: { kind: "receipt-number" },
  volunteered: true,
};
export const statusCode: Slot = {
  name: "status-code",
  answer: { kind: "code" },
  volunteered: true,
  sensitive: true,
};

/** How far a filed request is. */
export const status: Form = { id: "status", end: "status", slots: [receiptNumber, statusCode] };
