import { useId, useState } from "preact/hooks";
import type { ShownMove, ShownRequest } from "../../../register/shown.ts";
import type { Outcome } from "../../api.ts";
import { useAround } from "../context.ts";
import { Area, Field, Form, SendOrLeave } from "../field.tsx";

/** What can happen next, as the table of states has it. A decision is only prepared here. */
export function Steps({
  request,
  path,
  may,
  onDone,
}: {
  request: ShownRequest;
  path: string;
  may: boolean;
  onDone: (done: Outcome<unknown>, said?: string) => Promise<boolean>;
}) {
  const { t, api } = useAround();
  const [chosen, setChosen] = useState<ShownMove>();
  const [busy, setBusy] = useState(false);
  const move = request.moves.find(({ to }) => to === chosen?.to);

  const offered = may ? request.moves : [];
  async function send(told: object): Promise<void> {
    if (!move) return;
    setBusy(true);
    const body = { version: request.version, to: move.to, ...told };
    const done = await api.post(`${path}/${move.decision ? "decision" : "move"}`, body);
    setBusy(false);
    if (await onDone(done, move.title)) setChosen(undefined);
  }

  return (
    <section id="steps">
      <h3>
        {t("step.heading")} {may && request.moves.length > 0 && <kbd>s</kbd>}
      </h3>
      {request.moves.length === 0 && <p class="faint">{t("step.none")}</p>}
      {request.moves.length > 0 && !may && <p class="faint">{t("step.only-read")}</p>}
      {/* What one person does alone, then what needs two. */}
      {[false, true].map((decision) => (
        <div class="row steps" key={String(decision)}>
          {offered
            .filter((each) => each.decision === decision)
            .map((each) => (
              <button
                type="button"
                key={each.to}
                aria-pressed={each.to === move?.to}
                onClick={() => setChosen(each.to === move?.to ? undefined : each)}
              >
                {t(each.decision ? "step.prepare" : "step.move", { title: each.title })}
              </button>
            ))}
        </div>
      ))}
      {may && move && (
        <StepForm
          key={move.to}
          move={move}
          request={request}
          busy={busy}
          onSend={(told) => void send(told)}
          onCancel={() => setChosen(undefined)}
        />
      )}
    </section>
  );
}

/** What a step must be told, or may be. */
function StepForm({
  move,
  request,
  busy,
  onSend,
  onCancel,
}: {
  move: ShownMove;
  request: ShownRequest;
  busy: boolean;
  onSend: (told: object) => void;
  onCancel: () => void;
}) {
  const { t } = useAround();
  const id = useId();
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState("");
  const [ground, setGround] = useState("");
  const [ja, setJa] = useState("");
  const [en, setEn] = useState("");
  const grounded = move.needs === "ground";
  const worded = move.decision;

  function send(): void {
    const text = ja.trim() || en.trim() || grounded ? { text: { ja, en } } : {};
    onSend({
      ...(reason.trim() ? { reason } : {}),
      ...(move.until && until ? { until } : {}),
      ...(grounded && ground ? { ground } : {}),
      ...(worded ? text : {}),
    });
  }

  return (
    <div class="inset">
      <Form label={move.title} busy={busy} onSend={send}>
        {move.decision && <p class="notice">{t("step.two")}</p>}
        {grounded && (
          <div class="field">
            <label for={id}>{t("step.ground")}</label>
            <select
              id={id}
              required
              value={ground}
              onChange={({ currentTarget: { value } }) => setGround(value)}
            >
              <option value="">{t("step.ground-choose")}</option>
              {request.grounds.map((each) => (
                <option key={each.ground} value={each.ground}>
                  {each.title}
                </option>
              ))}
            </select>
          </div>
        )}
        {worded && (
          <>
            <Area label={t("step.text-ja")} lang="ja" value={ja} onValue={setJa} required={grounded} />
            <Area label={t("step.text-en")} lang="en" value={en} onValue={setEn} required={grounded} />
          </>
        )}
        <Area
          label={t(move.needs === "reason" ? "step.reason" : "step.reason-optional")}
          rows={2}
          value={reason}
          onValue={setReason}
          required={move.needs === "reason"}
        />
        {move.until && <Field label={t("step.until")} type="date" value={until} onValue={setUntil} />}
        <SendOrLeave
          send={t(move.decision ? "step.prepare-submit" : "step.submit")}
          disabled={busy}
          onLeave={onCancel}
        />
      </Form>
    </div>
  );
}
