import { FORM_WORDS, type FormWord, type Phrases, phrasebook } from "./command.ts";

/** Finds what a short message does to a form ("戻る", "cancel"), in any spelling. `yes` sends what is in review. */
export function formWords(
  phrases: Phrases,
  readingOf: (japanese: string) => string,
): (text: string) => FormWord | undefined {
  return phrasebook(
    phrases,
    (name): FormWord | undefined =>
      name === "resume" || name === "nothing" ? name : FORM_WORDS.find((word) => word === name),
    readingOf,
  );
}
