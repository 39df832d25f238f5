import { useAround } from "../context.ts";

/** `state`: a state, or all that are open, or closed. `type` empty: any. */
export interface Narrowed {
  state: string;
  type: string;
}

export function Filters({ narrowed, onNarrow }: { narrowed: Narrowed; onNarrow: (to: Narrowed) => void }) {
  const { t, shell, language } = useAround();
  return (
    <div class="filters">
      <label for="filter-state">
        <span>{t("list.state")}</span>
        <select
          id="filter-state"
          value={narrowed.state}
          onChange={({ currentTarget: { value } }) => onNarrow({ ...narrowed, state: value })}
        >
          <option value="open">{t("list.open")}</option>
          <option value="closed">{t("list.closed")}</option>
          {shell.states.map(({ id, title }) => (
            <option key={id} value={id}>
              {title[language]}
            </option>
          ))}
        </select>
      </label>
      <label for="filter-type">
        <span>{t("list.type")}</span>
        <select
          id="filter-type"
          value={narrowed.type}
          onChange={({ currentTarget: { value } }) => onNarrow({ ...narrowed, type: value })}
        >
          <option value="">{t("list.any")}</option>
          {shell.types.map(({ id, title }) => (
            <option key={id} value={id}>
              {title[language]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
