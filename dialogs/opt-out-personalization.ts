import type { Form, Slot } from "../src/dialog/form/form.ts";
import { choice, identifier } from "./slots.ts";

const personalization: Slot = choice("personalization", ["all", "advertising", "recommendations", "history"]);

/** No advertising or recommendations from behaviour. A wish, no right by itself. */
export const optOutPersonalization: Form = {
  id: "opt-out-personalization",
  end: "file",
  slots: [personalization, identifier],
};
