import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ShownChange } from "../../../inbox/shown.ts";
import type { Heard } from "../../hearing.ts";
import { type Alerts, notify } from "../../inbox/alerts.ts";
import { wanting } from "../../inbox/chats.ts";
import { chime, type Occasion } from "../../inbox/chime.ts";
import { LiveInbox } from "../../inbox/live.ts";
import type { Me } from "../../me.ts";
import { go } from "../../place.ts";
import { useAround } from "../context.ts";

/** The open chats of whoever is signed in, wherever in the console they are; title, sound and notification with them. */
export function useLiveInbox(
  me: Me,
  heard: Heard<ShownChange>,
  alerts: Alerts,
): { live: LiveInbox; wanted: number } {
  const { t, api, language } = useAround();
  const [, redraw] = useState(0);
  const call = useRef<(occasion: Occasion, operator: string, id: string) => void>(() => {});
  const live = useMemo(
    () =>
      new LiveInbox({
        api,
        heard,
        desks: me.desks,
        account: me.account,
        onCall: ({ occasion, chat }) => call.current(occasion, chat.operator, chat.id),
        onChange: () => redraw((n) => n + 1),
      }),
    [me.session],
  );
  useEffect(() => {
    live.start();
    return () => live.stop();
  }, [live]);

  const { waiting, unread } = wanting(live.all(), me.account);
  const wanted = waiting.length + unread.length;
  useEffect(() => {
    document.title = wanted > 0 ? `(${wanted}) ${t("title")}` : t("title");
  }, [wanted, language]);

  call.current = (occasion, operator, id) => {
    // Whoever looks at it sees it.
    if (!document.hidden && document.hasFocus() && occasion === "written" && location.hash.endsWith(id))
      return;
    if (alerts.sound) chime(occasion);
    if (!alerts.desktop || document.hasFocus()) return;
    const now = wanting(live.all(), me.account);
    const desk = me.desks.find((one) => one.id === operator)?.name[language] ?? operator;
    const count = occasion === "waiting" ? now.waiting.length : now.unread.length;
    notify(desk, t(`alert.${occasion}`, { count }), () => go({ at: "inbox", operator, handoff: id }));
  };
  return { live, wanted };
}
