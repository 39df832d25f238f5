import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Random } from "../../requests/receipt.ts";
import { alone } from "../../turn/alone.ts";
import type { Brain, Talk } from "../../turn/talk.ts";
import { present } from "./present.ts";

export interface TerminalOptions {
  /** Whose desk it is; asked for when missing or unknown. */
  operator?: string | undefined;
  now: () => number;
  random: Random;
  /** Language tag to begin with. */
  locale?: string | undefined;
}

/** Runs a chat over two streams, line by line, until the input ends. */
export async function runTerminal(
  brain: Brain,
  options: TerminalOptions,
  input: Readable,
  output: Writable,
): Promise<void> {
  const desk = alone(brain, options);
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  const list = brain.operators.map((id, i) => `  ${i + 1}. ${id}`).join("\n");
  const ask = () => output.write(`どちらの窓口ですか。 Which desk?\n${list}\n> `);
  let operator = brain.operators.find((id) => id === options.operator);
  let talk: Talk | undefined;
  const begin = async (id: string) => {
    const opening = await brain.open(id, options.locale ? { locale: options.locale } : {});
    talk = opening.talk;
    output.write(`\n${opening.messages.map(present).join("\n\n")}\n\n> `);
  };
  if (operator) await begin(operator);
  else ask();
  for await (const line of lines) {
    if (!operator || !talk) {
      const wanted = line.trim().toLowerCase();
      operator = brain.operators.find((id, i) => id === wanted || String(i + 1) === wanted);
      if (operator) await begin(operator);
      else ask();
      continue;
    }
    if (line.trim() === "") {
      output.write("> ");
      continue;
    }
    const outcome = await desk.respond(operator, talk, { text: line });
    talk = outcome.talk;
    output.write(`\n${outcome.messages.map(present).join("\n\n")}\n\n> `);
  }
  output.write("\n");
}
