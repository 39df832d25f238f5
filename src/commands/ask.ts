import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import { z } from "zod";
import { present } from "../channels/terminal/present.ts";
import { localeOf } from "../reply/locale.ts";
import { type Alone, alone } from "../turn/alone.ts";
import { createBrain, type ExplainingBrain } from "../turn/brain.ts";
import type { Talk } from "../turn/talk.ts";

/**
 * `npm run --silent ask`: JSON lines in, one JSON line out for each, through the code of a chat turn.
 * In:  {"id","operator","locale","text"} or {"id","operator","locale","turns":["...", ...]}
 * Out: {"id", kind, ... , "reply", "ms"} or {"id", "turns": [...]}; a line that cannot be read gives {"id","error"}.
 * `--explain` adds why the best clause won.
 */
const lineSchema = z.object({
  id: z.string(),
  operator: z.string(),
  locale: z.string().optional(),
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
  let talk: Talk = { locale: localeOf(input.locale) ?? "ja" };
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

function parseLine(raw: string): AskLine | { error: string } {
  try {
    const parsed = lineSchema.safeParse(JSON.parse(raw));
    return parsed.success ? parsed.data : { error: z.prettifyError(parsed.error) };
  } catch {
    return { error: "not a line of JSON" };
  }
}

if (import.meta.main) {
  const explain = process.argv.includes("--explain");
  const brain = await createBrain({
    publicUrl: "http://127.0.0.1:3978",
    progress: (t) => process.stderr.write(`${t}\n`),
  });
  for await (const raw of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (raw.trim() === "") continue;
    const line = parseLine(raw);
    const out = "error" in line ? line : await askLine(brain, line, explain);
    if (!process.stdout.write(`${JSON.stringify(out)}\n`))
      await new Promise((r) => process.stdout.once("drain", r));
  }
}
