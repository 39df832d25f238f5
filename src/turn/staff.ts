import type { Staffing } from "../handoff/desk.ts";
import { isOpen, nextOpening } from "../handoff/hours.ts";
import { dayOf, plusBusinessDays } from "../requests/deadline.ts";
import type { Handoffs, LiveHandoff } from "./handoffs.ts";
import type { Job } from "./store.ts";
import type { Brain, DeskFacts } from "./talk.ts";

/** How the agents of an operator stand at a moment. An operator without agents has none of this. */
export interface Staff {
  open: boolean;
  /** When somebody is there again (ms since 1970); null when that is not known. */
  opensAt: number | null;
  /** How many wait already, this chat apart. */
  ahead: number;
  waitMinutes: number;
  /** The hand-off that this chat is in. */
  live: LiveHandoff | null;
  /** Number of the call-back that this chat waits for. */
  callback?: string;
  /** The day by which a call-back is answered, YYYY-MM-DD in Japan. */
  targetOn: string;
}

/** Undefined: this operator has no agents here. */
export type StaffOf = (job: Pick<Job, "conversation" | "handoff">, now: number) => Promise<Staff | undefined>;

export function staffOf(
  brain: Pick<Brain, "desk">,
  staffing: Staffing,
  handoffs: Pick<Handoffs, "waiting" | "callback">,
): StaffOf {
  return async ({ conversation: { id, operator }, handoff }, now) => {
    const facts = brain.desk?.(operator);
    if (!facts || !(await staffing.staffed(operator))) return undefined;
    const waiting = await handoffs.waiting(operator);
    const callback = await handoffs.callback(id);
    const own = handoff?.state === "requested" ? 1 : 0;
    return {
      ...openingOf(facts, now),
      ahead: Math.max(0, waiting - own),
      waitMinutes: facts.waitMinutes,
      live: handoff,
      ...(callback === undefined ? {} : { callback }),
      targetOn: targetOn(facts, now),
    };
  };
}

function openingOf({ hours }: DeskFacts, now: number): Pick<Staff, "open" | "opensAt"> {
  return { open: isOpen(hours, now), opensAt: nextOpening(hours, now) };
}

/** The next business day, or the day on which agents are there again when that is later. */
export function targetOn({ hours }: DeskFacts, now: number): string {
  const opens = nextOpening(hours, now);
  const business = plusBusinessDays(dayOf(now), 1);
  const opening = opens === null ? business : dayOf(opens);
  return opening > business ? opening : business;
}
