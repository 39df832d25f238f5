import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import { z } from "zod";
import { present } from "../channels/terminal/present.ts";
import { issuesText } from "../evaluation/input-file.ts";
import { localeOf } from "../reply/locale.ts";
import { type Alone, alone } from "../turn/alone.ts";
import { createBrain, type ExplainingBrain } from "../turn/brain.ts";
import type { Talk } from "../turn/talk.ts";
import { refuse } from "./refuse.ts";

/**
 * `npm run --silent ask`: JSON lines in, one JSON line out for each, through the code of a chat turn.
 * In:  {"id","operator","locale","text"} or {"id","operator","locale","turns":["...", ...]}
 * Out: {"id", kind, ... , "reply", "ms"} or {"id", "turns": [...]}; a line that cannot be read gives {"id","error"}.
 * `--explain` adds why the best clause won.
 */
const lineSchema = z.object({
  id: z.string(),
  operator: z.string(),
  locale: z.string().nullish(),
  text: z.string().optional(),
  turns: z.array(z.string()).optional(),
});

export type AskLine = z.infer<typeof lineSchema>;

/** One turn's answer for programs; the talk goes on in `talk`. */
export async function askTurn(
  brain: ExplainingBrain,
  desk: Alone,
  operator: string,
  talk: Talk,
  text: string,
  explain: boolean,
) {
  const start = performance.now();
  const result = await desk.respond(operator, talk, { text });
  const ms = Math.round((performance.now() - start) * 100) / 100;
  const words = result.messages[0]?.words;
  const reply = result.messages.map(present).join("\n\n");
  const why = explain ? { explain: brain.explain(operator, talk, text) } : {};
  return { talk: result.talk, line: { ...words, reply, ms, ...why } };
}

/** The whole answer to one line. */
export async function askLine(brain: ExplainingBrain, input: AskLine, explain = false): Promise<object> {
  const { id, operator } = input;
  if (!brain.operators.includes(operator))
    return { id, error: `unknown operator; known: ${brain.operators.join(", ")}` };
  const desk = alone(brain, { now: Date.now, random: randomBytes });
  let talk: Talk = { locale: localeOf(input.locale ?? undefined) ?? "ja" };
  if (input.turns === undefined)
    return { id, ...(await askTurn(brain, desk, operator, talk, input.text ?? "", explain)).line };
  const turns: object[] = [];
  for (const text of input.turns) {
    const turn = await askTurn(brain, desk, operator, talk, text, explain);
    talk = turn.talk;
    turns.push(turn.line);
  }
  return { id, turns };
}

type Parsed = { kind: "line"; line: AskLine } | { kind: "bad"; told: { id?: string; error: string } };

/** A line as it was written; of a bad one its id, where there is one. */
export function parseLine(raw: string): Parsed {
  let json: unknown;
  try {
    json = JSON.parse(raw.replace(/^\ufeff/, ""));
  } catch {
    return { kind: "bad", told: { error: "not a line of JSON" } };
  }
  const parsed = lineSchema.safeParse(json);
  if (parsed.success) return { kind: "line", line: parsed.data };
  const { id } = lineId.catch({}).parse(json);
  return { kind: "bad", told: { ...(id === undefined ? {} : { id }), error: issuesText(parsed.error) } };
}

const lineId = z.object({ id: lineSchema.shape.id.optional() });

if (import.meta.main) {
  const explain = process.argv.includes("--explain");
  const brain = await createBrain({
    publicUrl: "http://127.0.0.1:3978",
    progress: (t) => process.stderr.write(`${t}\n`),
  }).catch(refuse);
  for await (const raw of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (raw.trim() === "") continue;
    const parsed = parseLine(raw);
    const out = parsed.kind === "line" ? await askLine(brain, parsed.line, explain) : parsed.told;
    if (!process.stdout.write(`${JSON.stringify(out)}\n`))
      await new Promise((r) => process.stdout.once("drain", r));
  }
}
