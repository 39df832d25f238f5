import { useState } from "preact/hooks";
import type { ShownAnswer } from "../../../register/shown.ts";
import { useAround, wordsFor } from "../context.ts";
import { Area, Form, Problem } from "../field.tsx";

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
  const { t, api, language } = useAround();
  const [asking, setAsking] = useState(false);
  const masked = answers.filter((each) => each.masked);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function send(): Promise<void> {
    setBusy(true);
    const slots = masked.map(({ slot }) => slot).filter((slot) => chosen.has(slot));
    const done = await api.post<{ answers: ShownAnswer[] }>(`${path}/reveal`, {
      locale: language,
      slots,
      reason,
    });
    setBusy(false);
    if (done.kind === "approval") onLimited();
    setProblem(wordsFor(t, done));
    if (done.kind !== "ok") return;
    setAsking(false);
    setReason("");
    onRevealed([...revealed.values(), ...done.value.answers]);
  }
  function toggle(slot: string, on: boolean): void {
    const next = new Set(chosen);
    if (on) next.add(slot);
    else next.delete(slot);
    setChosen(next);
  }

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
            <button
              type="button"
              id="reveal"
              onClick={() => {
                setChosen(new Set());
                setAsking(true);
              }}
            >
              {t("request.reveal")} <kbd>v</kbd>
            </button>
          )}
        </p>
      )}
      {asking && (
        <div class="inset">
          <Form label={t("request.reveal")} busy={busy} onSend={() => void send()}>
            <fieldset>
              <legend>{t("request.reveal-which")}</legend>
              {masked.map(({ slot, label }, i) => (
                <label class="check" key={slot}>
                  <input
                    type="checkbox"
                    ref={(box) => {
                      if (i === 0 && box && chosen.size === 0 && reason === "") box.focus();
                    }}
                    checked={chosen.has(slot)}
                    onChange={(event) => toggle(slot, event.currentTarget.checked)}
                  />
                  {label}
                </label>
              ))}
            </fieldset>
            <Area label={t("request.reveal-reason")} rows={2} value={reason} onValue={setReason} required />
            <Problem text={problem} />
            <p class="row">
              <button type="submit" class="main-button" disabled={busy || chosen.size === 0}>
                {t("request.reveal-submit")}
              </button>
              <button type="button" onClick={() => setAsking(false)}>
                {t("cancel")}
              </button>
            </p>
          </Form>
        </div>
      )}
    </section>
  );
}
