import { personIn, type Talk } from "../talk/state.ts";
import { CloseIcon } from "./icons.tsx";
import { Menu } from "./menu.tsx";
import { useRoom } from "./room.ts";

/** Whose desk it is, how it is connected, the other language, the menu, and the way out. */
export function Header({ talk, onClose }: { talk: Talk; onClose: () => void }) {
  const { desk, chat, host, locale, t } = useRoom();
  const other = locale === "ja" ? "en" : "ja";
  const status =
    talk.connection === "online" || talk.connection === "connecting" ? talk.connection : undefined;
  return (
    <header class="head">
      <span class="seal" aria-hidden="true">
        窓
      </span>
      <div class="whose">
        <h1>
          <span class="operator">{desk.name[locale]}</span> <span class="title">{t("title")}</span>
        </h1>
        {status && (
          <p class="status">
            {t(personIn(talk) === "here" && status === "online" ? "status.person" : `status.${status}`)}
          </p>
        )}
      </div>
      <button
        type="button"
        class="plain language"
        lang={other}
        aria-label={t("switch", { language: t(`languages.${other}`) })}
        onClick={() => chat.speak(other, t(`languages.${other}`))}
      >
        {t(`languages.${other}`)}
      </button>
      <Menu ended={talk.connection === "ended"} />
      {host.framed && (
        <button type="button" class="plain" aria-label={t("close")} onClick={onClose}>
          <CloseIcon />
        </button>
      )}
    </header>
  );
}
