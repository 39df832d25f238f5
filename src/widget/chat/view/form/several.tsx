import { useState } from "preact/hooks";
import type { Question } from "../../talk/form.ts";
import { useRoom } from "../room.ts";
import { useAct } from "./act.ts";

/** Stands for every value: whoever takes it takes none of the others. */
const ALL = "all";

/** Boxes to tick, sent together. */
export function Several({ n, question: { slot, values } }: { n: number; question: Question }) {
  const { t } = useRoom();
  const act = useAct();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const toggle = (value: string) => {
    if (chosen.includes(value)) return setChosen(chosen.filter((one) => one !== value));
    setChosen(value === ALL ? [ALL] : [...chosen.filter((one) => one !== ALL), value]);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const taken = values.filter(({ value }) => chosen.includes(value));
    if (taken.length === 0) return;
    const words = taken.map(({ title }) => title).join(t("form.and"));
    const command = `form:${n}.choose.${slot}.${taken.map(({ value }) => value).join("+")}`;
    act(event.currentTarget as HTMLElement, words, command);
  };
  return (
    <form class="several" onSubmit={submit}>
      <fieldset>
        <legend class="unseen">{t("form.several")}</legend>
        {values.map(({ value, title }) => (
          <label key={value} class="choice">
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
            {title}
          </label>
        ))}
      </fieldset>
      <button type="submit" class="strong" aria-disabled={chosen.length === 0}>
        {t("form.send-chosen")}
      </button>
    </form>
  );
}
