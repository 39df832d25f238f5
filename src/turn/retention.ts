import type { Clock, Log } from "../ports.ts";
import type { Conversations } from "./store.ts";

const DAY_MS = 86_400_000;

/** The day on the clock of the desk: Japan has no summer time. */
function dayOf(now: number): string {
  return new Date(now + 9 * 3_600_000).toISOString().slice(0, 10);
}

/**
 * Deletes every operator's chats that have been silent for its `retentionDays`, once a day over all
 * processes. The day counts as done only when all is deleted, so that a crash in between is made good.
 */
export async function purge(
  conversations: Conversations,
  operators: readonly string[],
  retentionDays: (operator: string) => number,
  clock: Clock,
  log: Log,
): Promise<void> {
  const now = clock.now();
  const today = dayOf(now);
  if ((await conversations.purgedOn()) === today) return;
  for (const operator of operators) {
    const proof = await conversations.purge(operator, now - retentionDays(operator) * DAY_MS, now);
    log.info("retention.purged", {
      operator,
      conversations: proof.conversations,
      activities: proof.activities,
    });
  }
  await conversations.markPurged(today);
}
