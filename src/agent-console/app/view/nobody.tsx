import { useAround } from "./context.ts";
import { Front } from "./front.tsx";

/** The console before its first account: says how one is made, and makes none. */
export function Nobody({ onAgain, onLanguage }: { onAgain: () => void; onLanguage: () => void }) {
  const { t } = useAround();
  return (
    <Front heading={t("nobody.heading")} onLanguage={onLanguage} wide>
      <p>{t("nobody.text")}</p>
      <pre class="command">
        npm run agents -- add LOGIN --name NAME --operator ID --role supervisor --actor NAME --reason TEXT
      </pre>
      <button type="button" class="main-button" onClick={onAgain}>
        {t("nobody.again")}
      </button>
    </Front>
  );
}
