import { useEffect, useRef, useState } from "preact/hooks";
import { useRoom } from "./room.ts";

/** Asks once more before everything goes. */
export function DeleteDialog({ onClose }: { onClose: () => void }) {
  const { chat, t } = useRoom();
  const dialog = useRef<HTMLDialogElement>(null);
  const [state, setState] = useState<"asking" | "deleting" | "failed">("asking");
  useEffect(() => dialog.current?.showModal(), []);
  const erase = async () => {
    setState("deleting");
    if (await chat.erase()) onClose();
    else setState("failed");
  };
  return (
    <dialog
      ref={dialog}
      aria-labelledby="delete-heading"
      aria-describedby="delete-text"
      onClose={onClose}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2 id="delete-heading">{t("delete.heading")}</h2>
      <p id="delete-text">{t("delete.text")}</p>
      {state === "failed" && <p role="alert">{t("delete.failed")}</p>}
      <p class="actions">
        <button type="button" class="quiet" onClick={() => dialog.current?.close()}>
          {t("delete.no")}
        </button>
        <button type="button" class="danger" disabled={state === "deleting"} onClick={() => void erase()}>
          {t("delete.yes")}
        </button>
      </p>
    </dialog>
  );
}
