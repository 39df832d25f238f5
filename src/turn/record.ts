import { LOCALES, type Locale } from "../reply/locale.ts";
import type { Activity } from "./activity.ts";
import type { Conversation, Feedback, Store } from "./store.ts";

const PAGE = 500;

/** A line of a chat's record, as people read it. */
export interface RecordLine {
  /** ms since 1970. */
  at: number;
  by: "desk" | "customer";
  words: string;
  /** What the customer thinks of it; null: nothing was said. */
  feedback: Pick<Feedback, "rating" | "reason"> | null;
}

/** All activities of a chat, oldest first. */
export async function activitiesOf(
  { transcript }: Pick<Store, "transcript">,
  conversation: Conversation,
): Promise<Activity[]> {
  const activities: Activity[] = [];
  for (;;) {
    const more = await transcript.after(conversation, activities.at(-1)?.seq ?? 0, PAGE);
    activities.push(...more);
    if (more.length < PAGE) return activities;
  }
}

/** The lines of a chat's record, in order. */
export function linesOf(activities: readonly Activity[], feedback: readonly Feedback[]): RecordLine[] {
  const said = new Map(feedback.map(({ activityId, rating, reason }) => [activityId, { rating, reason }]));
  return activities.map(({ content, id, at }) => ({
    at,
    by: content.kind === "message" ? "desk" : "customer",
    words:
      content.kind === "message"
        ? content.message.text
        : (content.incoming.text ?? content.incoming.command ?? ""),
    feedback: said.get(id) ?? null,
  }));
}

/** The language that was spoken last. */
export function localeOfAll(activities: readonly Activity[]): Locale {
  const last = activities.findLast((activity) => activity.content.kind === "message");
  return last?.content.kind === "message" ? last.content.message.locale : LOCALES[0];
}

/** Thumb and reason, on one line. */
export const markOf = ({ rating, reason }: Pick<Feedback, "rating" | "reason">): string =>
  `${rating === "up" ? "👍" : "👎"}${reason ? ` ${reason}` : ""}`;

/** `2026-11-22 09:00:00`, in Japan. */
export const japanSecond = (at: number): string =>
  new Date(at + 9 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
