import type { Talk } from "../talk/state.ts";
import { AlertIcon } from "./icons.tsx";
import { useRoom } from "./room.ts";

/** Says when the line is lost, and lets the customer try again. */
export function ConnectionBar({ talk: { connection } }: { talk: Talk }) {
  const { chat, t } = useRoom();
  const lost = connection === "offline" || connection === "failed";
  return (
    <div role="status" class="connection">
      {lost && (
        <p class="bar">
          <AlertIcon />
          <span>{t(`status.${connection}`)}</span>
          <button type="button" class="quiet" onClick={() => chat.retry()}>
            {t("retry")}
          </button>
        </p>
      )}
    </div>
  );
}
