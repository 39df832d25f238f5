import type { Clock } from "../ports.ts";

/** A difference that is no drift: somebody, or a sleep of the machine, has moved the clock. */
const JUMP_MS = 60_000;
/** How long a clock that has jumped must go on evenly before it is believed again. */
const TRUST_MS = 900_000;

export interface SteadyClock {
  /** Milliseconds since 1970; undefined while the clock is not to be believed. */
  now(): number | undefined;
}

/**
 * Whether the clock may be acted upon. One that has jumped against `elapsed` (milliseconds that nobody can set) is not
 * believed for a quarter of an hour: that is how long a wrong hour or day may stand before anybody is warned, or anything
 * is deleted, by it. At the first look it is believed. It sees a jump when it is looked at: look often.
 */
export function steadyClock(clock: Clock, elapsed: () => number): SteadyClock {
  let begun: number | undefined;
  let trustedFrom = Number.NEGATIVE_INFINITY;
  return {
    now() {
      const [wall, run] = [clock.now(), elapsed()];
      const zero = wall - run;
      if (begun !== undefined && Math.abs(zero - begun) > JUMP_MS) trustedFrom = run + TRUST_MS;
      begun = zero;
      return run >= trustedFrom ? wall : undefined;
    },
  };
}
