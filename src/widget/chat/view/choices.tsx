import { useRoom } from "./room.ts";

/** What can be chosen now. `opening`: first questions, offered under a line of their own. */
export function Choices({ choices, opening }: { choices: readonly string[]; opening: boolean }) {
  const { chat, locale, t } = useRoom();
  // The other language has its own button, always in the same place.
  const other = t(`languages.${locale === "ja" ? "en" : "ja"}`);
  return (
    <div class="choices" role="group" aria-label={t(opening ? "notice.ask" : "choices")}>
      {opening && (
        <p class="faint" aria-hidden="true">
          {t("notice.ask")}
        </p>
      )}
      {choices
        .filter((c) => c !== other)
        .map((choice) => (
          <button type="button" class="choice" key={choice} onClick={() => chat.send(choice)}>
            {choice}
          </button>
        ))}
    </div>
  );
}
