import { useState } from "preact/hooks";
import type { ShownColleague, ShownStep } from "../../../inbox/shown.ts";
import { useAround } from "../context.ts";
import { Dialog } from "../dialog.tsx";
import { Area, Form, Problem, SendOrLeave } from "../field.tsx";
import { chatWords } from "./chat-words.ts";

/** To a colleague, back to those who wait, or back to the bot: each with a word for the staff. */
export type Leaving = "transfer" | "release" | "end";

export function PassOn({
  way,
  path,
  colleagues,
  onDone,
  onClose,
}: {
  way: Leaving;
  path: string;
  /** Who may take it; one's own name is not among them. */
  colleagues: readonly ShownColleague[];
  onDone: (step: ShownStep) => void;
  onClose: () => void;
}) {
  const { t, api } = useAround();
  const here = colleagues.toSorted((a, b) => Number(b.here) - Number(a.here) || a.chats - b.chats);
  const [picked, setTo] = useState<string>();
  // Whoever is away is chosen on purpose alone.
  const to = picked ?? here.find((one) => one.here)?.id ?? "";
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function send(): Promise<void> {
    setBusy(true);
    const body = way === "transfer" ? { to, note } : way === "release" ? { note } : { resolution: note };
    const done = await api.post<ShownStep>(`${path}/${way}`, body);
    setBusy(false);
    setProblem(chatWords(t, done));
    if (done.kind !== "ok") return;
    onDone(done.value);
    onClose();
  }

  return (
    <Dialog heading={t(`chat.${way}`)} onClose={onClose}>
      <Form label={t(`chat.${way}`)} busy={busy} onSend={() => void send()}>
        <p class="lead">{t(`chat.${way}-text`)}</p>
        {way === "transfer" &&
          (here.length === 0 ? (
            <p class="notice">{t("chat.transfer-nobody")}</p>
          ) : (
            <fieldset class="choose">
              <legend>{t("chat.transfer-to")}</legend>
              {here.map((one) => (
                <label class="check" key={one.id}>
                  <input type="radio" name="to" checked={to === one.id} onChange={() => setTo(one.id)} />
                  <bdi>{one.name}</bdi>
                  <span class="faint">
                    {t(one.here ? "chat.here" : "chat.away")} {t("chat.in-hand", { count: one.chats })}
                  </span>
                </label>
              ))}
            </fieldset>
          ))}
        <Area label={t(`chat.${way}-note`)} value={note} onValue={setNote} />
        <Problem text={problem} />
        <SendOrLeave
          send={t(`chat.${way}-submit`)}
          disabled={busy || (way === "transfer" && to === "")}
          onLeave={onClose}
        />
      </Form>
    </Dialog>
  );
}
