import type { Question } from "../../talk/form.ts";

/** What the browser may offer and which keys a telephone shows, by the kind of answer. All of it only helps. */
const FIELDS: Readonly<Record<string, Field>> = {
  address: { autocomplete: "street-address" },
  code: { autocapitalize: "characters", spellcheck: false },
  email: { autocomplete: "email", inputmode: "email", autocapitalize: "off", spellcheck: false },
  name: { autocomplete: "name", spellcheck: false },
  postal: { autocomplete: "postal-code", inputmode: "numeric" },
  "receipt-number": { autocapitalize: "characters", spellcheck: false },
  telephone: { autocomplete: "tel", inputmode: "tel" },
};

interface Field {
  autocomplete?: string;
  inputmode?: "email" | "tel" | "numeric";
  autocapitalize?: "characters" | "off";
  spellcheck?: boolean;
}

/** Longest free answer, in characters. */
const LONGEST = 1_000;
/** Lines of a field for free words that may need many. */
const MANY = 4;

/** How the field to write in suits a question; as ever where none is open. */
export function fieldOf(question: Question | undefined): Field & { limit?: number; rows: number } {
  if (!question) return { autocomplete: "off", rows: 1 };
  return {
    autocomplete: "off",
    ...FIELDS[question.input],
    ...(question.input === "text" ? { limit: LONGEST } : {}),
    rows: question.long ? MANY : 1,
  };
}
