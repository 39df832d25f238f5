import { useState } from "preact/hooks";
import type { ShownRevealed } from "../../../inbox/shown.ts";
import { useAround } from "../context.ts";
import { Dialog } from "../dialog.tsx";
import { Area, Form, Problem } from "../field.tsx";
import { chatWords } from "./chat-words.ts";

export interface Hidden {
  slot: string;
  label: string;
}

/** Asks which of what is masked is wanted, and why; the reason goes to the audit. */
export function Reveal({
  path,
  hidden,
  onRevealed,
  onClose,
}: {
  path: string;
  hidden: readonly Hidden[];
  onRevealed: (rows: ShownRevealed["rows"]) => void;
  onClose: () => void;
}) {
  const { t, api, language } = useAround();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    new Set(hidden.length === 1 ? [hidden[0]?.slot ?? ""] : []),
  );
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
    const body = { locale: language, slots: [...chosen], reason };
    const done = await api.post<ShownRevealed>(`${path}/reveal`, body);
    setBusy(false);
    setProblem(chatWords(t, done));
    if (done.kind !== "ok") return;
    onRevealed(done.value.rows);
    onClose();
  }

  return (
    <Dialog heading={t("request.reveal")} onClose={onClose}>
      <Form label={t("request.reveal")} busy={busy} onSend={() => void send()}>
        <fieldset>
          <legend>{t("request.reveal-which")}</legend>
          {hidden.map(({ slot, label }) => (
            <label class="check" key={slot}>
              <input
                type="checkbox"
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
          <button type="button" onClick={onClose}>
            {t("cancel")}
          </button>
        </p>
      </Form>
    </Dialog>
  );
}
