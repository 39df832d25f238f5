import { intervalOf, type Operator } from "../knowledge/operator.ts";
import type { DeskFacts } from "./talk.ts";

const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

/** `desk` of `operator.yaml`, as the turn and the clock read it. */
export function deskFactsOf({ desk: { hours, waitMinutes } }: Pick<Operator, "desk">): DeskFacts {
  const week = DAYS.map((day) => (hours[day] ?? hours["every-day"]).map(intervalOf));
  const holidays = hours.holidays?.map(intervalOf) ?? null;
  return { hours: { week, holidays, closed: new Set(hours.closed) }, waitMinutes };
}
