import type { T } from "../../words.ts";
import { useAround } from "../context.ts";

/** From when on a wait is long, and from when on too long, in milliseconds. */
const [LONG_MS, TOO_LONG_MS] = [60_000, 3 * 60_000];

/** How long somebody has waited: in words, in colour and by a mark, the more urgent the longer. */
export function WaitChip({ ms }: { ms: number }) {
  const { t } = useAround();
  const kind = ms >= TOO_LONG_MS ? "overdue" : ms >= LONG_MS ? "due-soon" : "in-time";
  return (
    <span class={`chip chip-${kind}`}>
      {kind === "overdue" && <span aria-hidden="true">!! </span>}
      {kind === "due-soon" && <span aria-hidden="true">! </span>}
      <span class="unseen">{t("inbox.waiting-for")} </span>
      {waited(t, ms)}
    </span>
  );
}

/** Minutes once there is one: a number that runs every second disquiets whoever works beside it. */
function waited(t: T, ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return t("inbox.just-now");
  if (minutes < 60) return t("inbox.minutes", { minutes });
  const hours = Math.floor(minutes / 60);
  return hours < 24
    ? t("inbox.hours", { hours, minutes: minutes % 60 })
    : t("inbox.days", { days: Math.floor(hours / 24) });
}
