import type { Control } from "../../../reply/words.ts";
import { fields, list } from "./given.ts";

/** What a customer can do with a form's question, its review, or a request that can be taken back. */
export interface Form {
  /** Number of the form in its conversation, which its buttons carry. */
  n: number;
  question: Question | undefined;
  /** The answers of a review. */
  rows: Row[];
  controls: Control[];
}

export interface Question {
  slot: string;
  /** The kind of its answer, for a fitting field. */
  input: string;
  values: { value: string; title: string }[];
  step: { at: number; of: number } | undefined;
  long: boolean;
}

export interface Row {
  slot: string;
  label: string;
  value: string;
}

/** Reads a part of the desk's words; undefined for one with which nothing can be done. */
export function formIn(part: unknown): Form | undefined {
  const { kind, n, rows, controls } = fields(part);
  if (typeof n !== "number" || !Number.isSafeInteger(n)) return undefined;
  return {
    n,
    question: kind === "ask" || kind === "request" ? questionIn(fields(part)) : undefined,
    rows: kind === "review" ? list(rows).flatMap((row) => texts(row, "slot", "label", "value")) : [],
    controls: list(controls).flatMap((control) => texts(control, "act", "title")),
  };
}

function questionIn({ slot, input, choices, step, long }: Readonly<Record<string, unknown>>) {
  if (typeof slot !== "string" || typeof input !== "string") return undefined;
  const { at, of } = fields(step);
  return {
    slot,
    input,
    values: list(choices).flatMap((choice) => texts(choice, "value", "title")),
    step: typeof at === "number" && typeof of === "number" && of <= MOST_STEPS ? { at, of } : undefined,
    long: long === true,
  };
}

/** More than any form has. */
const MOST_STEPS = 50;

/** A list of one object with these texts, or of none when one is missing. */
function texts<K extends string>(given: unknown, ...names: K[]): Record<K, string>[] {
  const all = fields(given);
  if (!names.every((name) => typeof all[name] === "string")) return [];
  return [Object.fromEntries(names.map((name) => [name, all[name]])) as Record<K, string>];
}

/** The values that a line of the customer chose by a button of this question; none when it was typed. */
export function chosenBy(command: string | undefined, { n, question }: Form): string[] {
  const start = `form:${n}.choose.${question?.slot}.`;
  return command?.startsWith(start) ? command.slice(start.length).split("+") : [];
}
