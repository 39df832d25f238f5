import { setTimeout as sleep } from "node:timers/promises";

/** Waits until `condition` holds; throws after `ms`. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  ms = 5_000,
  what = "condition",
): Promise<void> {
  const end = performance.now() + ms;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`${what} did not hold within ${ms} ms`);
    await sleep(10);
  }
}
