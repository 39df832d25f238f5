import type { ShownClause } from "../../../inbox/shown.ts";
import { useAround } from "../context.ts";

/** The clauses that answer the customer's last words best; a key for each. */
export function Suggestions({
  suggestions,
  onInsert,
}: {
  suggestions: readonly ShownClause[];
  onInsert: (suggestion: ShownClause) => void;
}) {
  const { t } = useAround();
  if (suggestions.length === 0) return null;
  return (
    <section class="suggestions" aria-label={t("chat.suggestions")}>
      <h3>{t("chat.suggestions")}</h3>
      {suggestions.map((suggestion, i) => (
        <button type="button" key={suggestion.clause} onClick={() => onInsert(suggestion)}>
          <span>
            <kbd>Alt</kbd> <kbd>{i + 1}</kbd>
          </span>
          <span class="short">
            <b>{suggestion.title}</b> {suggestion.text}
          </span>
        </button>
      ))}
    </section>
  );
}
