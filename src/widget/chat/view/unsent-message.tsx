import type { Unsent } from "../talk/state.ts";
import { AlertIcon } from "./icons.tsx";
import { useRoom } from "./room.ts";

/** Words on their way. What did not get through stays, to be sent again or taken back. */
export function UnsentMessage({ unsent, onReturn }: { unsent: Unsent; onReturn: (text: string) => void }) {
  const { chat, t } = useRoom();
  const { key, text, status } = unsent;
  return (
    <li class={`message own ${status}`} data-line={key} data-by="customer">
      <p class="bubble" dir="auto">
        {text}
      </p>
      {status === "sending" ? (
        <p class="stamp">{t("sending")}</p>
      ) : (
        <div class="stamp problem">
          <p role="alert">
            <AlertIcon />
            {t("failed")}
          </p>
          <button type="button" class="quiet" onClick={() => chat.resend(key)}>
            {t("resend")}
          </button>
          <button type="button" class="quiet" onClick={() => onReturn(chat.discard(key))}>
            {t("discard")}
          </button>
        </div>
      )}
    </li>
  );
}
