import type { Answers } from "./form/form.ts";

/** Slots that say how a person is reached. */
const CONTACTS = ["email", "telephone", "address", "mail-to", "call-to", "post-to", "call-from"] as const;

/**
 * What makes two requests the same person's: the name and the way to reach them, spelling aside. Undefined when
 * nobody was named or reached: then nothing is compared.
 */
export function personOf(answers: Answers): string | undefined {
  const name = answers.name ?? answers["post-name"];
  const contact = CONTACTS.map((slot) => answers[slot]).find((value) => typeof value === "string");
  if (typeof contact !== "string") return undefined;
  return [typeof name === "string" ? name : "", contact].map(plain).join("\n");
}

const plain = (text: string) =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s・･-]+/g, "");
