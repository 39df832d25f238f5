import { setTimeout as sleep } from "node:timers/promises";
import { patience } from "./took.ts";

/** Waits until `condition` holds; throws after `ms`, or as much later as this machine is slower just then. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  ms = 5_000,
  what = "condition",
): Promise<void> {
  const began = performance.now();
  let limit = ms;
  while (!(await condition())) {
    const waited = performance.now() - began;
    if (waited > limit) limit = Math.max(limit, patience(ms, waited));
    if (waited > limit) throw new Error(`${what} did not hold within ${Math.round(limit)} ms`);
    await sleep(10);
  }
}
