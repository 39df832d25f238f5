import { formOn } from "../dialog/stack.ts";
import type { Called, Cause, Said } from "../reply/said.ts";
import type { DeskStep } from "./handoffs.ts";
import type { Staff } from "./staff.ts";
import type { Talk } from "./talk.ts";

export interface PersonSaid {
  said: Said[];
  /** What is remembered of it. */
  offered?: Talk["offered"];
  /** For what this message offers a person. */
  offering?: Cause;
  desk?: DeskStep;
}

/**
 * What becomes of a call for a person, and when one is offered: once for each cause in a talk, never while one is called
 * or there, never forced. Without agents a call says how to reach a person otherwise, and nothing is offered.
 */
export function withPerson(
  said: readonly Said[],
  before: Talk,
  staff: Staff | undefined,
  causes: readonly Cause[],
): PersonSaid {
  if (!staff) return { said: said.map((one) => (one.kind === "handoff" ? { kind: "handoff" } : one)) };
  const calls = said.some((one) => one.kind === "handoff" && !one.offered);
  const signs: Cause[] = said.some((one) => one.kind === "handoff" && one.offered)
    ? ["misses", ...causes]
    : [...causes];
  const told: Said[] = said.flatMap((one): Said[] => {
    if (one.kind !== "handoff") return [one];
    return one.offered ? [] : [{ kind: "handoff", called: calledNow(staff) }];
  });
  // An angry call is both: whoever takes it wants to know.
  const worded = causes.find((cause) => cause !== "misses");
  if (calls) return { said: told, ...begins(staff, before, worded) };
  const offering = staff.live ? undefined : signs.find((cause) => !before.offered?.includes(cause));
  if (!offering) return { said: told };
  // Above the open question of a form, which stays the last thing said.
  const asks = told.findIndex(({ kind }) => kind === "ask" || kind === "review");
  return {
    said: told.toSpliced(asks < 0 ? told.length : asks, 0, { kind: "offer", cause: offering }),
    offered: [...(before.offered ?? []), offering],
    offering,
  };
}

function calledNow({ open, opensAt, ahead, waitMinutes, live, callback }: Staff): Called {
  if (live) return { status: "requested", ahead, minutes: waitMinutes, again: true };
  if (open) return { status: "requested", ahead, minutes: waitMinutes };
  return { status: "closed", opensAt, ...(callback === undefined ? {} : { left: callback }) };
}

function begins({ open, live, ahead }: Staff, before: Talk, worded?: Cause): { desk?: DeskStep } {
  if (!open || live) return {};
  return {
    desk: {
      do: "request",
      trigger: worded ?? before.offering ?? "asked",
      place: ahead + 1,
      ...aboutOf(before),
    },
  };
}

/** What the talk was about, for whoever takes it over: the request in hand (`request:deletion`), else the last question. */
export function aboutOf({ last, dialog }: Talk): { topic: string | null; clauses: readonly string[] } {
  const form = formOn(dialog)?.form;
  return {
    topic: form ? `request:${form}` : last?.topic || null,
    clauses: last?.clauses ?? [],
  };
}
