import { useEffect, useRef, useState } from "preact/hooks";
import type { ShownRatings } from "../../../ratings/shown.ts";
import { daysUntil } from "../../days.ts";
import type { Desk } from "../../me.ts";
import { useAround, useKeys, wordsFor } from "../context.ts";
import { Problem } from "../field.tsx";
import { Counts } from "./counts.tsx";
import { Days, type Span } from "./days.tsx";
import { Reasons } from "./reasons.tsx";

/** What customers thought: of the bot's answers by clause and in their words, and of hand-offs by agent. */
export function RatingsView({ desk }: { desk: Desk }) {
  const { t, api, language } = useAround();
  const [span, setSpan] = useState<Span>(() => daysUntil(Date.now(), 7));
  const [found, setFound] = useState<ShownRatings>();
  const [problem, setProblem] = useState<string>();
  const asked = useRef(0);

  async function load(): Promise<void> {
    asked.current += 1;
    const mine = asked.current;
    const done = await api.get<ShownRatings>(
      `operators/${desk.id}/ratings?${new URLSearchParams({ ...span })}`,
    );
    if (mine !== asked.current) return;
    setProblem(wordsFor(t, done));
    if (done.kind === "ok") setFound(done.value);
  }
  useEffect(() => {
    if (span.from <= span.to) void load();
    else setProblem(t("ratings.days-wrong"));
  }, [desk.id, span.from, span.to]);
  useKeys({ "/": () => document.getElementById("ratings-from")?.focus() });

  return (
    <div class="place ratings">
      <header class="place-head">
        <h1>{t("ratings.heading")}</h1>
      </header>
      <Days span={span} onSpan={setSpan} />
      <Problem text={problem} />
      {found && (
        <>
          <section aria-labelledby="ratings-answers">
            <h2 id="ratings-answers">{t("ratings.answers")}</h2>
            <Counts
              label={t("ratings.clause")}
              empty={t("ratings.none")}
              total={found.answers}
              lines={found.answers.clauses.map(({ clause, title, up, down }) => ({
                key: clause ?? "",
                name: title?.[language] ?? clause ?? t("ratings.no-clause"),
                up,
                down,
              }))}
            />
            {found.answers.cut && <p class="faint">{t("ratings.cut")}</p>}
            <Reasons reasons={found.answers.reasons} />
          </section>
          <section aria-labelledby="ratings-handoffs">
            <h2 id="ratings-handoffs">{t("ratings.handoffs")}</h2>
            <p class="faint">{t("ratings.kept", { days: found.handoffs.keptDays })}</p>
            <Counts
              label={t("ratings.agent")}
              empty={t("ratings.handoffs-none")}
              total={found.handoffs}
              lines={found.handoffs.agents.map(({ id, name, ...counted }) => ({
                key: id,
                name: name || t("ratings.gone"),
                ...counted,
              }))}
            />
          </section>
        </>
      )}
    </div>
  );
}
