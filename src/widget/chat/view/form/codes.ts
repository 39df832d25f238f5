/**
 * A receipt number or a code as the desk writes it: ABC-DEF-GHJK, ABCD-EFGH. One without a letter is hardly ever made,
 * and would look like a telephone number.
 */
const CODE =
  /(?<![\w-])(?=[2-9-]*[A-Z])((?:[2-9A-HJ-NP-Z]{3}-){2}[2-9A-HJ-NP-Z]{4}|[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4})(?![\w-])/;

/** A text, cut around its codes. */
export function codesIn(text: string): { text: string; code: boolean }[] {
  return text
    .split(CODE)
    .map((part, i) => ({ text: part, code: i % 2 === 1 }))
    .filter(({ text: part }) => part !== "");
}

/** Letter by letter, with a rest between the groups. */
export function spelled(code: string): string {
  return code
    .split("-")
    .map((group) => group.split("").join(" "))
    .join(", ");
}
