import type { Brain } from "../../src/turn/talk.ts";
import { standInBrain } from "./stand-in-brain.ts";

/** The stand-in brain, which calls a person when it hears 人. */
export function callingBrain(waitMinutes = 10): Brain {
  const plain = standInBrain();
  const days = Array(7).fill([{ from: 0, to: 1_440 }]);
  return {
    ...plain,
    desk: () => ({ hours: { week: days, holidays: null, closed: new Set() }, waitMinutes }),
    async respond(operator, talk, incoming, moment) {
      const outcome = await plain.respond(operator, talk, incoming, moment);
      const { staff } = moment;
      if (!incoming.text?.includes("人") || !staff || staff.live) return outcome;
      const step = {
        do: "request",
        trigger: "asked",
        topic: null,
        clauses: [],
        place: staff.ahead + 1,
      } as const;
      return { ...outcome, desk: step };
    },
  };
}
