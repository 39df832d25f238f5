import type { ShownColleague } from "../../../inbox/shown.ts";
import { type Alerts, askToNotify } from "../../inbox/alerts.ts";
import { chime } from "../../inbox/chime.ts";
import { useAround } from "../context.ts";

/** Who else is at the desk, and how this browser calls. */
export function ListFoot({
  colleagues,
  own,
  alerts,
  onAlerts,
  onLook,
}: {
  colleagues: readonly ShownColleague[];
  own: string;
  alerts: Alerts;
  onAlerts: (to: Alerts) => void;
  /** Somebody wants to know who is there now. */
  onLook: () => void;
}) {
  const { t, say } = useAround();
  const here = [...new Map(colleagues.map((one) => [one.id, one])).values()].filter((one) => one.here);

  async function turnDesktop(): Promise<void> {
    if (alerts.desktop) return onAlerts({ ...alerts, desktop: false });
    if (await askToNotify()) onAlerts({ ...alerts, desktop: true });
    else say(t("alert.refused"));
  }

  return (
    <footer class="list-foot">
      <details onToggle={onLook}>
        <summary>{t("inbox.here", { count: here.length })}</summary>
        <ul>
          {here.map(({ id, name, chats }) => (
            <li key={id}>
              <bdi>{name}</bdi> {id === own && t("inbox.yourself")} {t("chat.in-hand", { count: chats })}
            </li>
          ))}
        </ul>
      </details>
      <span class="row">
        <button
          type="button"
          class="plain"
          aria-pressed={alerts.sound}
          onClick={() => {
            if (!alerts.sound) chime("written");
            onAlerts({ ...alerts, sound: !alerts.sound });
          }}
        >
          {t("alert.sound")}
        </button>
        <button type="button" class="plain" aria-pressed={alerts.desktop} onClick={() => void turnDesktop()}>
          {t("alert.desktop")}
        </button>
      </span>
    </footer>
  );
}
