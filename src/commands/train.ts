import { createBrain } from "../turn/brain.ts";
import { refuse } from "./refuse.ts";

/**
 * `npm run train`: builds everything that is derived from `content/` and the code, into `.cache/`: kuromoji's
 * dictionary in its fast form and the intent models. Nothing to do where they are up to date. `npm ci` runs it.
 */
const start = performance.now();
const brain = await createBrain({
  publicUrl: "http://127.0.0.1:3978",
  progress: (text) => console.error(text),
}).catch(refuse);
console.error(
  `ready: ${brain.operators.length} operators, ${((performance.now() - start) / 1000).toFixed(1)} s`,
);
