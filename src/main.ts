import { runTerminal } from "./channels/terminal/run.ts";
import { createBrain } from "./turn/brain.ts";

/** `npm start`: for now the desk in this terminal, which asks for the operator. */
const brain = await createBrain({ publicUrl: "http://127.0.0.1:3978", progress: (t) => console.error(t) });
await runTerminal(brain, {}, process.stdin, process.stdout);
