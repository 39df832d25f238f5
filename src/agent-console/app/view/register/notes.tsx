import { useState } from "preact/hooks";
import type { ShownRequest } from "../../../register/shown.ts";
import type { Outcome } from "../../api.ts";
import { useAround } from "../context.ts";
import { Area, Form } from "../field.tsx";

/** Words of the staff for the staff. */
export function Notes({
  notes,
  path,
  may,
  onDone,
}: {
  notes: ShownRequest["notes"];
  path: string;
  may: boolean;
  onDone: (done: Outcome<unknown>, said?: string) => Promise<boolean>;
}) {
  const { t, api } = useAround();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);

  async function send(): Promise<void> {
    setBusy(true);
    const done = await onDone(await api.post(`${path}/notes`, { text }));
    setBusy(false);
    if (done) setText("");
  }

  return (
    <section id="note">
      <h3>{t("request.notes")}</h3>
      {notes.length === 0 && <p class="faint">{t("request.notes-none")}</p>}
      <ul class="notes">
        {notes.map((note) => (
          <li key={`${note.at} ${note.text}`}>
            <p class="faint">
              {note.at} <bdi>{note.by}</bdi>
            </p>
            <p class="words">
              <bdi>{note.text}</bdi>
            </p>
          </li>
        ))}
      </ul>
      {may && (
        <Form label={t("request.note")} busy={busy} onSend={() => void send()}>
          <Area label={t("request.note")} rows={2} value={text} onValue={setText} required />
          <button type="submit" disabled={busy || text.trim() === ""}>
            {t("request.note-submit")}
          </button>
        </Form>
      )}
    </section>
  );
}
