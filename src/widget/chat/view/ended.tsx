import { useEffect, useRef } from "preact/hooks";
import type { Talk } from "../talk/state.ts";
import { useRoom } from "./room.ts";

/** Stands where one writes, once the chat is over. */
export function Ended({ talk }: { talk: Talk }) {
  const { chat, t } = useRoom();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <div class="ended">
      <p role="status">
        {t(talk.erased ? (talk.held ? "delete.done-held" : "delete.done") : "status.ended")}
      </p>
      <button type="button" class="strong" ref={button} onClick={() => chat.startNew()}>
        {t("new")}
      </button>
    </div>
  );
}
