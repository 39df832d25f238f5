import { personalIn } from "./find.ts";
import { plainOf } from "./plain.ts";

/** How a person can be reached, as they wrote it, and what else they wrote. */
export interface Contact {
  contact: string;
  rest: string;
}

/** The first telephone number or e-mail address in a text; undefined when there is none. */
export function contactIn(text: string): Contact | undefined {
  const plain = plainOf(text);
  const [first] = personalIn(plain.text)
    .filter(({ kind }) => kind === "telephone" || kind === "email")
    .sort((a, b) => a.from - b.from);
  if (!first) return undefined;
  const [from, to] = [plain.at[first.from] ?? 0, (plain.at[first.to - 1] ?? 0) + 1];
  const without = [...plain.typed.slice(0, from), " ", ...plain.typed.slice(to)].join("");
  return {
    contact: plain.text.slice(first.from, first.to),
    rest: without.replace(/\s+/g, " ").replace(/^[\s、,。.:：]+|[\s、,：:]+$/g, ""),
  };
}
