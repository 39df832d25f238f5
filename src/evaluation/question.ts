import { z } from "zod";
import { inputError, jsonLines } from "./input-file.ts";

/** What the bot says to programs (`Words`). */
const KINDS = [
  ...["answer", "clarify", "request", "handoff", "smalltalk", "out-of-scope"],
  ...["ask", "review", "receipt", "status", "notice"],
];
const kind = z.enum(KINDS, `one of ${KINDS.join(", ")}`);

const single = z.object({
  id: z.string(),
  operator: z.string(),
  locale: z.string(),
  text: z.string(),
  kind,
  gold: z.array(z.string()),
  style: z.string().optional(),
  note: z.string().optional(),
});
const talk = z.object({
  id: z.string(),
  operator: z.string(),
  locale: z.string(),
  turns: z.array(z.string()),
  kinds: z.array(kind),
  gold: z.array(z.array(z.string())),
  note: z.string().optional(),
  notes: z.array(z.string()).optional(),
});

/** One question with what is right: a line of a question file, or one turn of a talk. */
export interface Question {
  id: string;
  operator: string;
  locale: string;
  /** The messages before this one in the same talk. */
  before: string[];
  text: string;
  kind: string;
  gold: string[];
  style: string;
  note: string;
}

/** A talk has `turns`, a single question has `text`: what is missing of either is told by its name. */
const line = z.unknown().transform((value, context): z.infer<typeof single> | z.infer<typeof talk> => {
  const isTalk = typeof value === "object" && value !== null && "turns" in value;
  const parsed = (isTalk ? talk : single).safeParse(value);
  if (parsed.success) {
    const { data } = parsed;
    if (!("turns" in data) || [data.kinds, data.gold].every((list) => list.length === data.turns.length))
      return data;
    context.addIssue("turns, kinds and gold must be of one length");
    return z.NEVER;
  }
  for (const { path, message } of parsed.error.issues)
    context.addIssue({ code: "custom", path: [...path], message });
  return z.NEVER;
});

/**
 * Reads a question file (JSON lines). `operators`: those that can be asked, where that matters. Throws an InputError
 * that names every bad line.
 */
export function readQuestions(file: string, operators?: readonly string[]): Question[] {
  const lines = jsonLines(file, line);
  const strangers = lines.filter(({ value }) => operators && !operators.includes(value.operator));
  if (strangers.length > 0)
    throw inputError(
      file,
      strangers.map(({ at, value }) => ({
        at,
        message: `the operator ${value.operator} is not there; there are ${operators?.join(", ")}`,
      })),
    );
  return lines.flatMap(({ value: q }) => {
    const common = { id: q.id, operator: q.operator, locale: q.locale, note: q.note ?? "" };
    if ("text" in q)
      return [{ ...common, before: [], text: q.text, kind: q.kind, gold: q.gold, style: q.style ?? "-" }];
    return q.turns.map((text, n) => ({
      ...common,
      note: q.notes?.[n] ?? common.note,
      before: q.turns.slice(0, n),
      text,
      kind: q.kinds[n] ?? "",
      gold: q.gold[n] ?? [],
      style: n === 0 ? "opening" : "follow-up",
    }));
  });
}
