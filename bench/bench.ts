import { consoleBench } from "./console.ts";
import { directLine } from "./direct-line.ts";
import { lineBench } from "./line.ts";
import { sizesBench } from "./sizes.ts";
import { teamsBench } from "./teams.ts";
import { understandingBench } from "./understanding.ts";
import { widgetBench } from "./widget.ts";

/** `npm run bench`: what the desk costs, measured in this run on this machine; `npm run bench widget` a part of it. */
const parts = {
  understanding: understandingBench,
  sizes: sizesBench,
  "direct-line": directLine,
  line: lineBench,
  teams: teamsBench,
  widget: widgetBench,
  console: consoleBench,
};
const asked = process.argv.slice(2);
for (const [name, run] of Object.entries(parts)) if (asked.length === 0 || asked.includes(name)) await run();
