import { useAround } from "./context.ts";

/** Who waits for a person. */
export function Inbox() {
  const { t } = useAround();
  return (
    <div class="place">
      <header class="place-head">
        <h1>{t("inbox.heading")}</h1>
      </header>
      <div class="empty">
        <p class="empty-title">{t("inbox.empty")}</p>
        <p>{t("inbox.text")}</p>
      </div>
    </div>
  );
}
