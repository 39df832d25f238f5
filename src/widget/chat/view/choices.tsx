import { useRoom } from "./room.ts";

/** What can be chosen now. `opening`: first questions, offered under a line of their own. */
export function Choices({ choices, opening }: { choices: readonly string[]; opening: boolean }) {
  const { chat, locale, t } = useRoom();
  const choose = (button: HTMLElement, choice: string) => {
    // The buttons go: the keyboard stays in the talk, not at the beginning of the page.
    button.closest<HTMLElement>(".scroller")?.focus({ preventScroll: true });
    chat.send(choice);
  };
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
          <button
            type="button"
            class="choice"
            key={choice}
            onClick={(event) => choose(event.currentTarget, choice)}
          >
            {choice}
          </button>
        ))}
    </div>
  );
}
