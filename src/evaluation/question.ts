import { readFileSync } from "node:fs";
import { z } from "zod";

const single = z.object({
  id: z.string(),
  operator: z.string(),
  locale: z.string(),
  text: z.string(),
  kind: z.string(),
  gold: z.array(z.string()),
  style: z.string().optional(),
  note: z.string().optional(),
});
const talk = z.object({
  id: z.string(),
  operator: z.string(),
  locale: z.string(),
  turns: z.array(z.string()),
  kinds: z.array(z.string()),
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

/** Reads a question file (JSON lines). Throws an error that names the file and line of the first bad line. */
export function readQuestions(file: string): Question[] {
  const out: Question[] = [];
  for (const [i, raw] of readFileSync(file, "utf8").split("\n").entries()) {
    if (!raw.trim().startsWith("{")) continue;
    const parsed = z.union([single, talk]).safeParse(JSON.parse(raw));
    if (!parsed.success)
      throw new Error(`${file}:${i + 1}: not a question: ${z.prettifyError(parsed.error)}`);
    const q = parsed.data;
    const common = { id: q.id, operator: q.operator, locale: q.locale, note: q.note ?? "" };
    if ("text" in q) {
      out.push({ ...common, before: [], text: q.text, kind: q.kind, gold: q.gold, style: q.style ?? "-" });
      continue;
    }
    for (const [n, text] of q.turns.entries()) {
      const style = n === 0 ? "opening" : "follow-up";
      const note = q.notes?.[n] ?? common.note;
      out.push({
        ...common,
        note,
        before: q.turns.slice(0, n),
        text,
        kind: q.kinds[n] ?? "",
        gold: q.gold[n] ?? [],
        style,
      });
    }
  }
  return out;
}
