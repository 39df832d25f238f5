import type { Clock, Log } from "../ports.ts";
import { yearsBefore } from "../requests/retention.ts";
import type { Conversations } from "./store.ts";
import type { Retention } from "./talk.ts";

const DAY_MS = 86_400_000;

/** The day on the clock of the desk: Japan has no summer time. */
function dayOf(now: number): string {
  return new Date(now + 9 * 3_600_000).toISOString().slice(0, 10);
}

/**
 * Deletes what each operator's periods have ended for, once a day over all processes: chats that have been silent for
 * its `chatDays`, requests that have been closed for its `requestYears` and are not held; drafts, forms and tries carry
 * their own end. The day counts as done only when all is deleted, so that a crash in between is made good.
 */
export async function purge(
  conversations: Conversations,
  operators: readonly string[],
  retention: (operator: string) => Pick<Retention, "chatDays" | "requestYears">,
  clock: Clock,
  log: Log,
): Promise<void> {
  const now = clock.now();
  const today = dayOf(now);
  if ((await conversations.purgedOn()) === today) return;
  for (const operator of operators) {
    const { chatDays, requestYears } = retention(operator);
    const proof = await conversations.purge(operator, now - chatDays * DAY_MS, now);
    const requests = await conversations.purgeRequests(operator, yearsBefore(now, requestYears), now);
    log.info("retention.purged", {
      operator,
      conversations: proof.conversations,
      activities: proof.activities,
      requests,
    });
  }
  await conversations.markPurged(today);
}
