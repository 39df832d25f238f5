import { businessDaysBetween, dayOf, plusBusinessDays, plusDays } from "./deadline.ts";

/** Business days before the target from which a request is due soon. */
const SOON_DAYS = 2;
/** Calendar days after arrival that article 39 makes a person wait before a suit. */
const WAIT_DAYS = 14;

/** How far the clock of a request has come. Days are days in Japan (YYYY-MM-DD). */
export interface Deadline {
  targetOn: string;
  /** The day from which the person is awaited; null while the clock runs. */
  pausedOn: string | null;
}

/** The clock stands still from the day of `now` on. */
export const paused = ({ targetOn }: Deadline, now: number): Deadline => ({
  targetOn,
  pausedOn: dayOf(now),
});

/** The clock goes on at `now`: the target is as many business days later as the person was awaited. */
export function resumed({ targetOn, pausedOn }: Deadline, now: number): Deadline {
  const lost = pausedOn === null ? 0 : businessDaysBetween(pausedOn, dayOf(now));
  return { targetOn: plusBusinessDays(targetOn, lost), pausedOn: null };
}

/** Business days that are left, 0 on the target day itself, negative after it; while paused as on the day of the pause. */
export function daysLeft({ targetOn, pausedOn }: Deadline, now: number): number {
  const today = pausedOn ?? dayOf(now);
  return today <= targetOn ? businessDaysBetween(today, targetOn) : -businessDaysBetween(targetOn, today);
}

/** What a running clock says on a day; a paused one says nothing. The target day itself is in time. */
export function dueOn({ targetOn, pausedOn }: Deadline, now: number): "due-soon" | "overdue" | undefined {
  if (pausedOn !== null) return undefined;
  if (dayOf(now) > targetOn) return "overdue";
  return targetOn <= lastDaySoon(now) ? "due-soon" : undefined;
}

/** Whatever is to be answered by this day is due soon, or overdue. */
export const lastDaySoon = (now: number): string => plusBusinessDays(dayOf(now), SOON_DAYS);

/**
 * Article 39: a suit may be brought once two weeks have passed since the request arrived. What came on 1 April may be
 * sued over from 16 April. Calendar days of the law, which nothing pauses, beside our own target.
 */
export function twoWeeks(receivedAt: number): { endsOn: string; suitFrom: string } {
  const endsOn = plusDays(dayOf(receivedAt), WAIT_DAYS);
  return { endsOn, suitFrom: plusDays(endsOn, 1) };
}
