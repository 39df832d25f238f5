import { useState } from "preact/hooks";
import type { ShownForm, ShownQuestion } from "../../../inbox/shown.ts";
import { useAround } from "../context.ts";
import { Form, Problem } from "../field.tsx";
import { chatWords } from "./chat-words.ts";

/** The answer to the open question, for the customer; they see it, and confirm the whole themselves. */
export function FillIn({
  form: { n },
  asking,
  path,
  onDone,
}: {
  form: ShownForm;
  asking: ShownQuestion;
  path: string;
  onDone: () => void;
}) {
  const { t, api } = useAround();
  const [text, setText] = useState("");
  const [values, setValues] = useState<readonly string[]>([]);
  const [key, setKey] = useState(newKey);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const many = asking.input === "choices";
  const isChoice = asking.choices.length > 0;

  async function send(answer: object): Promise<void> {
    if (busy) return;
    setBusy(true);
    const done = await api.post(`${path}/fill`, { key, n, ...answer });
    setBusy(false);
    setProblem(chatWords(t, done));
    if (done.kind === "ok" || done.kind === "issue") setKey(newKey());
    if (done.kind !== "ok") return;
    setText("");
    setValues([]);
    onDone();
  }
  function choose(value: string, on: boolean): void {
    if (!many) setValues([value]);
    else setValues(on ? [...values, value] : values.filter((one) => one !== value));
  }

  const { slot } = asking;
  return (
    <Form
      label={t("form.fill-in")}
      busy={busy}
      onSend={() => void send(isChoice ? { slot, values } : { slot, text })}
    >
      {isChoice ? (
        <fieldset class="choose">
          <legend>{asking.label}</legend>
          {asking.choices.map((choice) => (
            <label class="check" key={choice.value}>
              <input
                type={many ? "checkbox" : "radio"}
                name="answer"
                checked={values.includes(choice.value)}
                onChange={(event) => choose(choice.value, event.currentTarget.checked)}
              />
              {choice.title}
            </label>
          ))}
        </fieldset>
      ) : (
        <div class="field">
          <label for="fill-in-text">{asking.label}</label>
          <input
            id="fill-in-text"
            autoComplete="off"
            maxLength={1_000}
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </div>
      )}
      <p class="hint">{t("form.fill-in-hint")}</p>
      <Problem text={problem} />
      <p class="row">
        <button type="submit" disabled={busy || (isChoice ? values.length === 0 : text.trim() === "")}>
          {t("form.fill-in-submit")}
        </button>
        <button type="button" class="plain" disabled={busy} onClick={() => void send({ act: "back" })}>
          {t("form.back")}
        </button>
        {asking.optional && (
          <button type="button" class="plain" disabled={busy} onClick={() => void send({ act: "skip" })}>
            {t("form.skip")}
          </button>
        )}
      </p>
    </Form>
  );
}

export const newKey = (): string => crypto.randomUUID();
