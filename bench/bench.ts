import { understandingBench } from "./understanding.ts";

/** `npm run bench`: what the desk costs, measured in this run on this machine. */
await understandingBench();
