import type { Narrowing } from "../../inbox/chats.ts";
import type { Desk } from "../../me.ts";
import { useAround } from "../context.ts";

const WAITS = [0, 1, 3, 10] as const;

/** What the list is narrowed to. */
export function NarrowBy({
  desks,
  narrowing,
  onNarrow,
}: {
  desks: readonly Desk[];
  narrowing: Narrowing;
  onNarrow: (to: Narrowing) => void;
}) {
  const { t, language } = useAround();
  const { operator, language: theirs, waited } = narrowing;
  const active = [operator, theirs, waited].filter(Boolean).length;
  return (
    <details class="narrowing">
      <summary>
        {t("inbox.narrow")}
        {active > 0 && <span class="unread">{active}</span>}
      </summary>
      <div class="narrow-by">
        {desks.length > 1 && (
          <label class="whole">
            <span>{t("nav.operator")}</span>
            <select
              value={narrowing.operator}
              onChange={({ currentTarget: { value } }) => onNarrow({ ...narrowing, operator: value })}
            >
              <option value="">{t("inbox.any")}</option>
              {desks.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name[language]}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          <span>{t("list.language")}</span>
          <select
            id="filter-language"
            value={narrowing.language}
            onChange={({ currentTarget: { value } }) =>
              onNarrow({ ...narrowing, language: value as Narrowing["language"] })
            }
          >
            <option value="">{t("inbox.any")}</option>
            <option value="ja">{t("list.ja")}</option>
            <option value="en">{t("list.en")}</option>
          </select>
        </label>
        <label>
          <span>{t("inbox.waited")}</span>
          <select
            value={narrowing.waited}
            onChange={({ currentTarget: { value } }) => onNarrow({ ...narrowing, waited: Number(value) })}
          >
            {WAITS.map((minutes) => (
              <option key={minutes} value={minutes}>
                {minutes === 0 ? t("inbox.any") : t("inbox.waited-for", { minutes })}
              </option>
            ))}
          </select>
        </label>
      </div>
    </details>
  );
}
