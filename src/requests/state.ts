import type { Localized } from "../reply/locale.ts";
import { type Deadline, dueOn, paused, resumed } from "./clock.ts";
import { dayOf } from "./deadline.ts";
import { type Ground, isGroundOf } from "./grounds.ts";
import type { RequestType } from "./request-type.ts";

/**
 * ```
 * received -> identity-check -> in-progress <-> awaiting-person
 *                                    |
 *      answered | partly-answered | no-such-data | refused        withdrawn | expired
 * ```
 */
export const REQUEST_STATES = [
  "received",
  "identity-check",
  "in-progress",
  "awaiting-person",
  "answered",
  "partly-answered",
  "no-such-data",
  "refused",
  "withdrawn",
  "expired",
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export type Role = "customer" | "officer" | "clock";

/** What a transition must carry: words for the file alone, or a ground of the law and words for the customer. */
type Needs = "nothing" | "reason" | "ground";

export interface Transition {
  from: RequestState;
  to: RequestState;
  by: Role;
  needs: Needs;
  /** Rights of the law go through the check of identity; wishes and complaints need none. All types unless told. */
  of?: "right" | "wish";
}

const each = (
  from: readonly RequestState[],
  to: readonly RequestState[],
  by: Role,
  needs: Needs,
  of?: Transition["of"],
): Transition[] => from.flatMap((f) => to.map((t) => ({ from: f, to: t, by, needs, ...(of ? { of } : {}) })));

const OPEN = ["received", "identity-check", "in-progress", "awaiting-person"] as const;

/** Everything that may ever happen to a request. Nobody decides on a right before the check of identity has ended. */
export const TRANSITIONS: readonly Transition[] = [
  ...each(["received"], ["identity-check"], "officer", "nothing"),
  ...each(["received"], ["identity-check"], "customer", "nothing"),
  ...each(["received"], ["in-progress"], "officer", "nothing", "wish"),
  ...each(["identity-check"], ["in-progress"], "officer", "reason"),
  // A code by e-mail is all that the wish of whoever holds the address needs; a right of the law needs its papers.
  ...each(["identity-check"], ["in-progress"], "customer", "nothing", "wish"),
  ...each(["in-progress"], ["awaiting-person"], "officer", "reason"),
  ...each(["awaiting-person"], ["in-progress"], "officer", "nothing"),
  ...each(["awaiting-person"], ["in-progress"], "customer", "nothing"),
  ...each(["in-progress"], ["answered", "no-such-data"], "officer", "reason"),
  ...each(["in-progress"], ["partly-answered"], "officer", "ground"),
  ...each(["identity-check", "in-progress", "awaiting-person"], ["refused"], "officer", "ground"),
  ...each(OPEN, ["withdrawn"], "customer", "nothing"),
  ...each(OPEN, ["withdrawn"], "officer", "reason"),
  ...each(["identity-check", "awaiting-person"], ["expired"], "officer", "reason"),
  ...each(["identity-check", "awaiting-person"], ["expired"], "clock", "nothing"),
];

/** States from which something may still happen. */
export const OPEN_STATES: readonly RequestState[] = REQUEST_STATES.filter((state) =>
  TRANSITIONS.some(({ from }) => from === state),
);
export const isOpen = (state: RequestState): boolean => OPEN_STATES.includes(state);

const WISHES: readonly RequestType[] = [
  "opt-out-marketing",
  "opt-out-personalization",
  "opt-out-recording",
  "complaint",
];
const groupOf = (type: RequestType): Transition["of"] => (WISHES.includes(type) ? "wish" : "right");

/**
 * What shall happen. `reason` is for the file and never leaves it; `text` is for the customer. `until`: the last day
 * (in Japan) on which the person is awaited; after it the clock closes the request. Without it, nobody but an officer does.
 */
export type Step =
  | { kind: "received" }
  | { kind: "identity-check"; reason?: string; until?: string }
  | { kind: "in-progress"; reason?: string }
  | { kind: "awaiting-person"; reason: string; until?: string }
  | { kind: "answered" | "no-such-data"; reason: string; text?: Localized }
  | { kind: "partly-answered" | "refused"; ground: Ground; text: Localized; reason?: string }
  | { kind: "withdrawn" | "expired"; reason?: string }
  | { kind: "due-soon" | "overdue" }
  /** The customer reads the mail that goes to the address of the request: told in the file, it moves nothing. */
  | { kind: "address-confirmed" };

/** Who does it. `second`: the other officer who released it, where four eyes are asked for. */
export interface Actor {
  by: Role;
  name?: string;
  second?: string;
}

/** What has happened; events are appended, never changed, and a request is what they say. */
export type RequestEvent = Step & Actor & { at: number };
export type EventKind = RequestEvent["kind"];

/** How a request stands. Days are days in Japan (YYYY-MM-DD), times milliseconds since 1970. */
export interface Standing extends Deadline {
  type: RequestType;
  state: RequestState;
  receivedAt: number;
  until: string | null;
  dueSoonAt: number | null;
  overdueAt: number | null;
  closedAt: number | null;
  /** Events so far, its filing included. */
  version: number;
}

export type Issue =
  /** Nothing leads there from where it stands. */
  | "no-way"
  /** It does, but not for who asks. */
  | "not-yours"
  /** It does, for requests that need no check of identity. */
  | "identity-first"
  | "no-reason"
  | "no-ground"
  | "no-text"
  | "bad-day"
  | "not-due";

export type Moved = { ok: true; standing: Standing; event: RequestEvent } | { ok: false; issue: Issue };

/** How a request stands when it is filed. */
export const filed = (type: RequestType, receivedAt: number, targetOn: string): Standing => ({
  type,
  state: "received",
  receivedAt,
  targetOn,
  pausedOn: null,
  until: null,
  dueSoonAt: null,
  overdueAt: null,
  closedAt: null,
  version: 1,
});

/** What becomes of a request, or why it does not. Pure. */
export function move(standing: Standing, step: Step, actor: Actor, now: number): Moved {
  const event: RequestEvent = { ...step, ...actor, at: now };
  switch (step.kind) {
    case "received":
      return no("no-way");
    case "due-soon":
    case "overdue": {
      const at = step.kind === "due-soon" ? "dueSoonAt" : "overdueAt";
      if (actor.by !== "clock") return no("not-yours");
      if (!isOpen(standing.state) || standing[at] !== null || dueOn(standing, now) !== step.kind)
        return no("not-due");
      return { ok: true, event, standing: { ...standing, [at]: now, version: standing.version + 1 } };
    }
    case "address-confirmed":
      if (actor.by !== "customer") return no("not-yours");
      if (!isOpen(standing.state)) return no("no-way");
      return { ok: true, event, standing: { ...standing, version: standing.version + 1 } };
    default: {
      const issue = wrongWith(standing, step, actor, now);
      return issue ? no(issue) : { ok: true, event, standing: after(standing, step, now) };
    }
  }
}

const no = (issue: Issue): Moved => ({ ok: false, issue });

type Turn = Exclude<Step, { kind: "received" | "due-soon" | "overdue" | "address-confirmed" }>;

function wrongWith(standing: Standing, step: Turn, { by }: Actor, now: number): Issue | undefined {
  const ways = TRANSITIONS.filter((t) => t.from === standing.state && t.to === step.kind);
  if (ways.length === 0) return "no-way";
  const fitting = ways.filter(({ of }) => of === undefined || of === groupOf(standing.type));
  if (fitting.length === 0) return "identity-first";
  const way = fitting.find((t) => t.by === by);
  if (!way) return "not-yours";
  if (way.needs === "reason" && isBlank(step.reason)) return "no-reason";
  if (way.needs === "ground") {
    if (!("ground" in step) || !isGroundOf(standing.type, step.ground)) return "no-ground";
    if (!("text" in step) || isBlank(step.text?.ja) || isBlank(step.text?.en)) return "no-text";
  }
  if ("until" in step && step.until !== undefined && !isDay(step.until, dayOf(now))) return "bad-day";
  if (by === "clock" && (standing.until === null || dayOf(now) <= standing.until)) return "not-due";
  return undefined;
}

function after(standing: Standing, step: Turn, now: number): Standing {
  const waits = step.kind === "awaiting-person";
  const clock = waits ? paused(standing, now) : resumed(standing, now);
  return {
    ...standing,
    ...(isOpen(step.kind) ? clock : { pausedOn: null }),
    state: step.kind,
    until: ("until" in step && step.until) || null,
    closedAt: isOpen(step.kind) ? null : now,
    version: standing.version + 1,
  };
}

const isBlank = (text: unknown): boolean => typeof text !== "string" || text.trim() === "";

function isDay(day: string, today: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === day && day >= today;
}

/** Where a request can go from here by the hands of `by`. */
export const waysFrom = ({ type, state }: Pick<Standing, "type" | "state">, by: Role): Transition[] =>
  TRANSITIONS.filter(
    (way) => way.from === state && way.by === by && (way.of === undefined || way.of === groupOf(type)),
  );

/** Place of the last event that has changed how a request stands; what is only noted on the way does not. */
export const lastChange = (events: readonly RequestEvent[]): number =>
  events.findLastIndex(({ kind }) => REQUEST_STATES.some((state) => state === kind));

/** Events that do not follow from each other: somebody has changed what was written. Holds no content. */
export class EventsBroken extends Error {
  constructor() {
    super("the events of a request do not follow from each other");
  }
}

/** How a request stands after its events, the first of which is its filing. @throws {EventsBroken} */
export function replay(first: Standing, events: readonly RequestEvent[]): Standing {
  const [filing, ...rest] = events;
  if (filing?.kind !== "received") throw new EventsBroken();
  let standing = first;
  for (const { at, by, ...step } of rest) {
    const moved = move(standing, step as Step, { by }, at);
    if (!moved.ok) throw new EventsBroken();
    standing = moved.standing;
  }
  return standing;
}
