import type { ShownEvent } from "../../../register/shown.ts";
import { useAround } from "../context.ts";

/** What has happened to a request, in order. */
export function History({ events }: { events: readonly ShownEvent[] }) {
  const { t } = useAround();
  return (
    <section>
      <h3>{t("request.events")}</h3>
      <ol class="history">
        {events.map((event, i) => (
          <li key={`${event.at} ${i}`}>
            <p>
              <time>{event.at}</time> <b>{event.title}</b>{" "}
              <span class="faint">
                <bdi>{event.by}</bdi>
                {event.second !== null && <bdi> · {t("request.second", { name: event.second })}</bdi>}
              </span>
            </p>
            {event.ground && <p class="words">{event.ground}</p>}
            {event.text && (
              <p class="words">
                <bdi>{event.text}</bdi>
              </p>
            )}
            {event.reason && (
              <p class="words faint">
                <bdi>{event.reason}</bdi>
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
