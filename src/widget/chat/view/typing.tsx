import { useEffect, useState } from "preact/hooks";
import { isAwaiting, type Talk } from "../talk/state.ts";
import { useRoom } from "./room.ts";

/** An answer that comes at once needs no sign; one that does not come at all must not keep one waiting. */
const [AFTER_MS, UNTIL_MS] = [400, 12_000];

/** Three dots while the other side writes. */
export function Typing({ talk }: { talk: Talk }) {
  const { t } = useRoom();
  const [shown, setShown] = useState(false);
  const waiting = (isAwaiting(talk) && talk.connection === "online") || talk.typingAt > 0;
  const last = talk.lines.at(-1)?.id;
  useEffect(() => {
    setShown(false);
    if (!waiting) return;
    const timers = [setTimeout(() => setShown(true), AFTER_MS), setTimeout(() => setShown(false), UNTIL_MS)];
    return () => timers.forEach(clearTimeout);
  }, [waiting, last, talk.typingAt]);
  if (!shown) return null;
  return (
    <p class="typing">
      <span class="unseen">{t("typing")}</span>
      <i />
      <i />
      <i />
    </p>
  );
}
