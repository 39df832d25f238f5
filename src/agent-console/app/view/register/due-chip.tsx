import type { ShownLine } from "../../../register/shown.ts";
import type { T } from "../../words.ts";
import { useAround } from "../context.ts";

/** How many days are left, in words and in colour. */
export function DueChip({ line }: { line: ShownLine }) {
  const { t } = useAround();
  const kind = line.closedOn ? "closed" : line.pausedOn ? "paused" : (line.due ?? "in-time");
  return <span class={`chip chip-${kind}`}>{wordsOf(line, t)}</span>;
}

function wordsOf({ daysLeft, pausedOn, closedOn }: ShownLine, t: T): string {
  if (closedOn !== null || daysLeft === null) return t("list.closed-on", { day: closedOn ?? "" });
  if (pausedOn !== null) return t("list.paused");
  if (daysLeft < 0) return t("list.late", { days: -daysLeft });
  return daysLeft === 0 ? t("list.today") : t("list.days", { days: daysLeft });
}
