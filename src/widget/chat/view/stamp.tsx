import { timeOf } from "../page/clock.ts";
import { useRoom } from "./room.ts";

/** When something was said, and, for those who do not see the sides, by whom. */
export function Stamp({ at, by }: { at: number; by: "you" | "desk" }) {
  const { t, locale } = useRoom();
  return (
    <p class="stamp">
      <span class="unseen">{t(by)} </span>
      <time dateTime={new Date(at).toISOString()}>{timeOf(at, locale)}</time>
    </p>
  );
}
