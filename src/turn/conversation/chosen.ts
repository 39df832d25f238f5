import { type Command, parseCommand } from "../../understanding/command.ts";
import { normalize } from "../../understanding/normalize.ts";
import type { Talk } from "../talk.ts";

/** The button of the last reply that words name, by its number, its title or its value. */
export function chosen({ choices }: Talk, text: string): Command | undefined {
  const plain = normalize(text);
  const at = /^[1-9]\d?$/.test(plain) ? choices?.[Number(plain) - 1] : undefined;
  // At a form's question "12" is one and two, or a wrong answer: no button that is far down a list.
  const numbered = plain.length > 1 && at?.command.startsWith("form:") ? undefined : at;
  const named = numbered ?? choices?.find((c) => normalize(c.title) === plain || c.command === text);
  return named ? parseCommand(named.command) : undefined;
}
