import { useAround } from "./context.ts";

/** Names the other language in that language. */
export function LanguageButton({ onLanguage }: { onLanguage: () => void }) {
  const { t, language } = useAround();
  return (
    <button type="button" class="plain language" lang={language === "ja" ? "en" : "ja"} onClick={onLanguage}>
      {t("language")}
    </button>
  );
}
