import { personIn, type Talk } from "../talk/state.ts";
import { PersonIcon } from "./icons.tsx";
import { useRoom } from "./room.ts";

/** Says that a person is called, or here, and leads back to the bot. */
export function PersonBar({ talk }: { talk: Talk }) {
  const { chat, t } = useRoom();
  const person = personIn(talk);
  return (
    <div role="status" class="person">
      {person && (
        <p class="bar">
          <PersonIcon />
          <span>{t(`person-bar.${person}`)}</span>
          <button
            type="button"
            class="quiet"
            onClick={() => chat.send(t(`person-bar.leave-${person}`), "desk:leave")}
          >
            {t(`person-bar.leave-${person}`)}
          </button>
        </p>
      )}
    </div>
  );
}
