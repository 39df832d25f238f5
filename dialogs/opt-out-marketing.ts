import type { Form, Slot } from "../src/dialog/form/form.ts";
import { has } from "./slots.ts";

const media: Slot = {
  name: "media",
  volunteered: true,
  answer: { kind: "choices", values: ["all", "email", "post", "call", "sms"] },
};
const mailTo: Slot = {
  name: "mail-to",
  answer: { kind: "email" },
  volunteered: true,
  when: has("media", "email"),
  sensitive: true,
  mails: "holder",
  asks: ["email"],
};
const callTo: Slot = {
  name: "call-to",
  answer: { kind: "telephone" },
  volunteered: true,
  when: (answers) => has("media", "call")(answers) || has("media", "sms")(answers),
  sensitive: true,
  asks: ["telephone"],
};
const postTo: Slot = {
  name: "post-to",
  answer: { kind: "address" },
  when: has("media", "post"),
  sensitive: true,
};
const postName: Slot = {
  name: "post-name",
  answer: { kind: "name" },
  when: has("media", "post"),
  sensitive: true,
};

/** No more newsletters, mail, calls: only the address that they go to is needed. A wish, no right by itself. */
export const optOutMarketing: Form = {
  id: "opt-out-marketing",
  end: "file",
  slots: [media, mailTo, callTo, postTo, postName],
};
