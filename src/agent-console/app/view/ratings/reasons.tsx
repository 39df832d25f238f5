import type { ShownRatings } from "../../../ratings/shown.ts";
import { useAround } from "../context.ts";

/** What customers said along with a rating: never with the chat it came from. */
export function Reasons({ reasons }: { reasons: ShownRatings["answers"]["reasons"] }) {
  const { t, language } = useAround();
  const time = new Intl.DateTimeFormat(language, {
    dateStyle: "short",
    timeStyle: "short",
    timeZone: "Asia/Tokyo",
  });
  if (reasons.length === 0) return null;
  return (
    <>
      <h3>{t("ratings.reasons")}</h3>
      <ul class="reasons">
        {reasons.map(({ at, rating, clause, title, text }, i) => (
          <li key={`${at} ${i}`}>
            <p class="row faint">
              <span class={rating}>{t(`ratings.${rating}`)}</span>
              <span>{title?.[language] ?? clause ?? t("ratings.no-clause")}</span>
              <time dateTime={new Date(at).toISOString()}>{time.format(at)}</time>
            </p>
            <p class="words" dir="auto">
              {text}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
