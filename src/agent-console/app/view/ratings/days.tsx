import { daysUntil } from "../../days.ts";
import { useAround } from "../context.ts";

/** Days in Japan, YYYY-MM-DD, both included. */
export interface Span {
  from: string;
  to: string;
}

const SHORTCUTS = [1, 7, 30] as const;

export function Days({ span, onSpan }: { span: Span; onSpan: (to: Span) => void }) {
  const { t } = useAround();
  return (
    <div class="filters">
      {(["from", "to"] as const).map((end) => (
        <label key={end} for={`ratings-${end}`}>
          <span>{t(`search.${end}`)}</span>
          <input
            id={`ratings-${end}`}
            type="date"
            value={span[end]}
            max={daysUntil(Date.now(), 1).to}
            onChange={({ currentTarget: { value } }) => value && onSpan({ ...span, [end]: value })}
          />
        </label>
      ))}
      <div class="row shortcuts">
        {SHORTCUTS.map((days) => {
          const to = daysUntil(Date.now(), days);
          return (
            <button
              key={days}
              type="button"
              aria-pressed={span.from === to.from && span.to === to.to}
              onClick={() => onSpan(to)}
            >
              {t(days === 1 ? "ratings.today" : "ratings.last", { days })}
            </button>
          );
        })}
      </div>
    </div>
  );
}
