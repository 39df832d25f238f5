import { useState } from "preact/hooks";
import type { ShownOpenChat } from "../../../inbox/shown.ts";
import { useAround } from "../context.ts";
import { Form, Problem } from "../field.tsx";
import { chatWords } from "./chat-words.ts";
import { newKey } from "./fill-in.tsx";

/** Begins a request for the customer, who is asked its first question. */
export function StartRequest({
  startable,
  path,
  onDone,
}: {
  startable: ShownOpenChat["startable"];
  path: string;
  onDone: () => void;
}) {
  const { t, api, say } = useAround();
  const [type, setType] = useState("");
  const [key, setKey] = useState(newKey);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function send(): Promise<void> {
    setBusy(true);
    const done = await api.post(`${path}/start`, { key, type });
    setBusy(false);
    setProblem(chatWords(t, done));
    if (done.kind === "ok" || done.kind === "issue") setKey(newKey());
    if (done.kind !== "ok") return;
    say(t("form.started"));
    setType("");
    onDone();
  }

  return (
    <Form label={t("form.start")} busy={busy} onSend={() => void send()}>
      <div class="field">
        <label for="start-type">{t("form.start")}</label>
        <select id="start-type" value={type} onChange={({ currentTarget: { value } }) => setType(value)}>
          <option value="">{t("form.start-choose")}</option>
          {startable.map((one) => (
            <option key={one.type} value={one.type}>
              {one.title}
            </option>
          ))}
        </select>
      </div>
      <Problem text={problem} />
      <button type="submit" disabled={busy || type === ""}>
        {t("form.start-submit")}
      </button>
    </Form>
  );
}
