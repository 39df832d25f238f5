import { VIEWS, type View } from "../../inbox/chats.ts";
import { useAround } from "../context.ts";

/** Which chats are shown, each with how many there are. */
export function Views({
  view,
  count,
  onView,
}: {
  view: View | "found";
  count: (view: Exclude<View, "closed">) => number;
  onView: (view: View) => void;
}) {
  const { t } = useAround();
  return (
    <div class="views" role="group" aria-label={t("inbox.views")}>
      {VIEWS.map((one) => (
        <button type="button" key={one} aria-pressed={one === view} onClick={() => onView(one)}>
          {t(`inbox.view.${one}`)}
          {one !== "closed" && <span class="number">{count(one)}</span>}
        </button>
      ))}
    </div>
  );
}
