import type { Answers, Facts, Slot } from "../src/dialog/form/form.ts";

/** Questions that several requests share. A customer who changes the request is not asked them again. */

const choice = (name: string, values: readonly string[]) =>
  ({ name, answer: { kind: "choice", values } }) as const;

const is =
  (slot: string, ...values: readonly string[]) =>
  (answers: Answers) =>
    values.includes(answers[slot] as string);
const has = (slot: string, value: string) => (answers: Answers) => {
  const chosen = answers[slot];
  return Array.isArray(chosen) && (chosen.includes(value) || chosen.includes("all"));
};

/** 法37条3項、政令13条: the person, a legal representative of a minor or adult ward, or whoever the person authorised. */
export const requester: Slot = {
  ...choice("requester", ["self", "legal-representative", "attorney"]),
  volunteered: true,
};
export const ward: Slot = {
  ...choice("ward", ["minor", "adult-ward"]),
  when: is("requester", "legal-representative"),
};
/** Only where the operator's own policy draws a line of age; the law does not. */
export const age: Slot = {
  ...choice("age", ["above", "below"]),
  when: (answers: Answers, facts: Facts) => answers.requester === "self" && facts.guardianBelow !== undefined,
};
export const name: Slot = { name: "name", answer: { kind: "name" }, sensitive: true };
/** Only kanji need a reading: "John Smith" and "やまだ" are read as they are written. */
export const kana: Slot = {
  name: "kana",
  answer: { kind: "kana" },
  when: ({ name = "漢字" }) => typeof name !== "string" || /\p{Script=Han}/u.test(name),
  optional: true,
  sensitive: true,
};
export const representative: Slot = {
  name: "representative",
  answer: { kind: "name" },
  when: is("requester", "legal-representative", "attorney"),
  sensitive: true,
};
/** What finds the person in the operator's books; nobody need tell more than the operator holds. */
export const identifier: Slot = {
  name: "identifier",
  answer: { kind: "text" },
  held: true,
  sensitive: true,
  asks: ["telephone", "email"],
};
export const reply: Slot = choice("reply", ["email", "post", "telephone"]);
export const email: Slot = {
  name: "email",
  answer: { kind: "email" },
  when: is("reply", "email"),
  implies: { reply: "email" },
  sensitive: true,
  mails: "reply",
  asks: ["email"],
};
export const telephone: Slot = {
  name: "telephone",
  answer: { kind: "telephone" },
  when: is("reply", "telephone"),
  implies: { reply: "telephone" },
  sensitive: true,
  asks: ["telephone"],
};
export const postal: Slot = {
  name: "postal",
  answer: { kind: "postal" },
  when: is("reply", "post"),
  optional: true,
  sensitive: true,
};
export const address: Slot = {
  name: "address",
  answer: { kind: "address" },
  about: "postal",
  when: is("reply", "post"),
  held: true,
  prefix: (answers) => {
    const { places = [] } = (answers.postal ?? {}) as { places?: readonly string[] };
    return places.length === 1 ? places[0] : undefined;
  },
  sensitive: true,
};

/** Where the answer goes. */
export const REPLY = [reply, email, telephone, postal, address] as const;
/** Who asks, and for whom. */
export const WHO = [requester, ward, age, name, kana, representative, identifier] as const;

/** Which data; "all" is an answer, nobody is made to narrow it (guideline 3-8-7). */
export const scope: Slot = {
  name: "scope",
  volunteered: true,
  answer: {
    kind: "choices",
    values: ["all", "contract", "billing", "calls", "recordings", "website", "inquiries", "other"],
  },
};
export const scopeOther: Slot = {
  name: "scope-other",
  answer: { kind: "text" },
  when: (answers) => {
    const chosen = answers.scope;
    return Array.isArray(chosen) && chosen.includes("other");
  },
};
/** 法33条1項、規則30条. */
export const method: Slot = { ...choice("method", ["electronic", "paper", "other"]), volunteered: true };
export const methodOther: Slot = {
  name: "method-other",
  answer: { kind: "text" },
  when: is("method", "other"),
};

/** The grounds of 法35条1項 (18, 19, 20) and 5項, in everyday words; nobody has to know one. */
export const ground: Slot = choice("ground", [
  "no-longer-needed",
  "beyond-purpose",
  "improper-use",
  "improper-acquisition",
  "leak",
  "rights-harmed",
  "unknown",
]);
export const reason: Slot = { name: "reason", answer: { kind: "text" }, optional: true, long: true };

export { choice, has, is };
