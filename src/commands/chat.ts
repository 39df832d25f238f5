import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { runTerminal } from "../channels/terminal/run.ts";
import { createBrain } from "../turn/brain.ts";
import { refuse } from "./refuse.ts";

/** `npm run chat -- --operator jcom [--locale en]`: the desk in a terminal. Without an operator it asks for one. */
const { values } = parseArgs({ options: { operator: { type: "string" }, locale: { type: "string" } } });
const brain = await createBrain({
  publicUrl: "http://127.0.0.1:3978",
  progress: (t) => console.error(t),
}).catch(refuse);
await runTerminal(
  brain,
  { operator: values.operator, locale: values.locale, now: Date.now, random: randomBytes },
  process.stdin,
  process.stdout,
);
