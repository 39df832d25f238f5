import type { Log } from "../ports.ts";
import type { Docket } from "./docket.ts";
import type { SteadyClock } from "./steady.ts";

const STEP = 100;

/**
 * The clock's round over all requests: what is due soon, overdue or at its end is told as an event, once. Each call is one
 * round, in steps that let others write in between; one that is broken off is made good by the next.
 */
export function createRounds(
  docket: Pick<Docket, "tick">,
  steady: SteadyClock,
  log: Log,
): () => Promise<void> {
  return async () => {
    const now = steady.now();
    if (now === undefined) {
      log.warn("requests.clock-jumped");
      return;
    }
    for (let after: number | null = 0; after !== null; ) {
      const round = await docket.tick(now, STEP, after);
      for (const { operator, kind } of round.due) log.info("requests.due", { operator, kind });
      if (round.broken > 0) log.error("requests.broken", { requests: round.broken });
      after = round.next;
    }
  };
}
