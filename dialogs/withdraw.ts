import type { Form } from "../src/dialog/form/form.ts";
import { receiptNumber, statusCode } from "./status.ts";

/** A filed request taken back; until it is closed. */
export const withdraw: Form = { id: "withdraw", end: "withdraw", slots: [receiptNumber, statusCode] };
