import { useState } from "preact/hooks";
import type { ShownAnswer } from "../../../register/shown.ts";
import { useAround, wordsFor } from "../context.ts";
import { RevealForm } from "../reveal-form.tsx";

/** What was told: masked, until a field is revealed with a reason. */
export function Answers({
  answers,
  revealed,
  path,
  may,
  onRevealed,
  onLimited,
}: {
  answers: readonly ShownAnswer[];
  revealed: ReadonlyMap<string, ShownAnswer>;
  path: string;
  may: boolean;
  onRevealed: (answers: readonly ShownAnswer[]) => void;
  onLimited: () => void;
}) {
  const { t, api } = useAround();
  const [asking, setAsking] = useState(false);
  const masked = answers.filter((each) => each.masked);

  return (
    <section>
      <h3>{t("request.answers")}</h3>
      <dl class="facts answers">
        {answers.map((each) => {
          const shown = revealed.get(each.slot) ?? each;
          const open = revealed.has(each.slot);
          return (
            <div key={each.slot}>
              <dt>{each.label}</dt>
              <dd class={each.masked ? (open ? "revealed" : "masked") : undefined}>
                <bdi>{shown.text}</bdi>
              </dd>
            </div>
          );
        })}
      </dl>
      {masked.length > 0 && revealed.size > 0 && (
        <button type="button" onClick={() => onRevealed([])}>
          {t("request.hide")}
        </button>
      )}
      {masked.length > revealed.size && !asking && (
        <p class="row">
          <span class="faint">{t("request.masked")}</span>
          {may && (
            <button type="button" id="reveal" onClick={() => setAsking(true)}>
              {t("request.reveal")} <kbd>v</kbd>
            </button>
          )}
        </p>
      )}
      {asking && (
        <div class="inset">
          <RevealForm
            hidden={masked}
            reveal={async (asked) => {
              const done = await api.post<{ answers: ShownAnswer[] }>(`${path}/reveal`, asked);
              if (done.kind === "approval") onLimited();
              if (done.kind !== "ok") return wordsFor(t, done);
              setAsking(false);
              onRevealed([...revealed.values(), ...done.value.answers]);
              return undefined;
            }}
            onClose={() => setAsking(false)}
          />
        </div>
      )}
    </section>
  );
}
