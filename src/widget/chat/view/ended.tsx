import { useEffect, useRef } from "preact/hooks";
import type { Talk } from "../talk/state.ts";
import { useRoom } from "./room.ts";

/** Nothing is claimed that nobody has said. */
const WORDS = { nothing: "delete.done", held: "delete.done-held", unknown: "status.ended" } as const;

/** Stands where one writes, once the chat is over. */
export function Ended({ talk }: { talk: Talk }) {
  const { chat, t } = useRoom();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <div class="ended">
      <p role="status">{t(talk.erased ? WORDS[talk.kept] : "status.ended")}</p>
      <button type="button" class="strong" ref={button} onClick={() => chat.startNew()}>
        {t("new")}
      </button>
    </div>
  );
}
