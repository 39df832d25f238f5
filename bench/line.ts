import { middle, sideBySide } from "./direct-line.ts";
import { plot, writePlot } from "./plot.ts";
import { desk, lineDesk } from "./subjects.ts";

/** Answered turns on LINE (webhook, turn, reply) beside those on Direct Line, in the same run. */
export async function lineBench(): Promise<void> {
  const all = await sideBySide([
    ["Direct Line, the real brain", await desk("real")],
    ["LINE, a brain that echoes", await lineDesk("echo")],
    ["LINE, the real brain", await lineDesk("real")],
  ]);
  const series = all.map(({ name, rounds }) => ({ name, figures: middle(rounds) }));
  console.log(`plot: ${writePlot("line", plot("50 customers talk at once", series))}`);
}

if (import.meta.main) await lineBench();
