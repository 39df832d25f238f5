import { randomBytes } from "node:crypto";
import type { Clock, Ids } from "../../src/ports.ts";

/** A clock that stands until it is moved. */
export function standingClock(start = Date.UTC(2026, 0, 5)): Clock & { move(ms: number): void } {
  let now = start;
  return {
    now: () => now,
    move(ms) {
      now += ms;
    },
  };
}

export const randomIds: Ids = { next: () => randomBytes(18).toString("base64url") };
