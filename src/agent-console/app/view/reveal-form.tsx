import { useState } from "preact/hooks";
import { useAround } from "./context.ts";
import { Area, Form, Problem, SendOrLeave } from "./field.tsx";

/** A masked answer, by its name and in words. */
export interface Hidden {
  slot: string;
  label: string;
}

/**
 * Asks which of what is masked is wanted, and why; the reason goes to the audit. `reveal` gives what went wrong, in words;
 * where nothing did, whoever shows this takes it away. `preset`: chosen already; without any the first has the focus.
 */
export function RevealForm({
  hidden,
  preset = [],
  reveal,
  onClose,
}: {
  hidden: readonly Hidden[];
  preset?: readonly string[];
  reveal: (asked: {
    locale: string;
    slots: readonly string[];
    reason: string;
  }) => Promise<string | undefined>;
  onClose: () => void;
}) {
  const { t, language } = useAround();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(preset));
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  function toggle(slot: string, on: boolean): void {
    const next = new Set(chosen);
    if (on) next.add(slot);
    else next.delete(slot);
    setChosen(next);
  }
  async function send(): Promise<void> {
    setBusy(true);
    const slots = hidden.map(({ slot }) => slot).filter((slot) => chosen.has(slot));
    setProblem(await reveal({ locale: language, slots, reason }));
    setBusy(false);
  }

  return (
    <Form label={t("request.reveal")} busy={busy} onSend={() => void send()}>
      <fieldset>
        <legend>{t("request.reveal-which")}</legend>
        {hidden.map(({ slot, label }, i) => (
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
      <SendOrLeave send={t("request.reveal-submit")} disabled={busy || chosen.size === 0} onLeave={onClose} />
    </Form>
  );
}
