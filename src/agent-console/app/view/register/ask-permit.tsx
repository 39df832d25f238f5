import { useState } from "preact/hooks";
import type { Desk } from "../../me.ts";
import { useAround, wordsFor } from "../context.ts";
import { Area, Form, Problem } from "../field.tsx";

/** The limit of what one person may read alone was reached: a second one is asked. */
export function AskPermit({ desk }: { desk: Desk }) {
  const { t, api } = useAround();
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function send(): Promise<void> {
    setBusy(true);
    const done = await api.post(`operators/${desk.id}/permits`, { reason });
    setBusy(false);
    setProblem(wordsFor(t, done));
    setAsked(done.kind === "ok");
  }

  return (
    <section class="prepared" aria-label={t("permit.heading")}>
      <h3>{t("permit.heading")}</h3>
      <p>{t("permit.text")}</p>
      {asked ? (
        <p role="status">{t("permit.asked")}</p>
      ) : (
        <Form label={t("permit.heading")} busy={busy} onSend={() => void send()}>
          <Area label={t("permit.reason")} rows={2} value={reason} onValue={setReason} required />
          <Problem text={problem} />
          <button type="submit" class="main-button" disabled={busy}>
            {t("permit.submit")}
          </button>
        </Form>
      )}
    </section>
  );
}
