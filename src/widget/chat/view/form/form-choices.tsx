import { useRef } from "preact/hooks";
import { chosenBy } from "../../talk/form.ts";
import type { Line } from "../../talk/line.ts";
import { useRoom } from "../room.ts";
import { useAct } from "./act.ts";
import { Days } from "./days.tsx";
import { useKeyboard } from "./keyboard.ts";
import { Several } from "./several.tsx";

/** The acts that carry a form forward; the others stand back. */
const FORWARD = ["confirm"];

/** What can be done with the form that waits: the answers first, below them, quieter, what else there is. */
export function FormChoices({ line }: { line: Line }) {
  const { t } = useRoom();
  const act = useAct();
  const root = useRef<HTMLDivElement>(null);
  const { form, choices } = line;
  useKeyboard(() => {
    const types = form?.question && form.question.values.length === 0;
    const mouse = matchMedia("(hover: hover) and (pointer: fine)").matches;
    return types && mouse ? document.getElementById("message") : root.current;
  });
  if (!form) return null;
  const { n, question, controls } = form;
  const [forward, others] = [true, false].map((is) =>
    controls.filter(({ act: name }) => FORWARD.includes(name) === is),
  );
  const ours = [...(question?.values ?? []), ...controls].map(({ title }) => title);
  // Of a call for a person the bar has the way back.
  const rest = line.handoff === "requested" ? [] : choices.filter((choice) => !ours.includes(choice));
  return (
    <div class="choices form" role="group" aria-label={t("choices")} tabIndex={-1} ref={root}>
      {question?.input === "choices" ? (
        <Several n={n} question={question} />
      ) : (
        question?.values.map(({ value, title }) => (
          <button
            type="button"
            class="choice"
            key={value}
            onClick={(event) => act(event.currentTarget, title, `form:${n}.choose.${question.slot}.${value}`)}
          >
            {title}
          </button>
        ))
      )}
      {(question?.input === "date" || question?.input === "period") && (
        <Days period={question.input === "period"} />
      )}
      {forward?.map(({ act: name, title }) => (
        <button
          type="button"
          class="strong"
          key={name}
          onClick={(event) => act(event.currentTarget, title, `form:${n}.${name}`)}
        >
          {title}
        </button>
      ))}
      <div class="controls">
        {others?.map(({ act: name, title }) => (
          <button
            type="button"
            key={name}
            onClick={(event) => act(event.currentTarget, title, `form:${n}.${name}`)}
          >
            {title}
          </button>
        ))}
        {rest.map((choice) => (
          <button type="button" key={choice} onClick={(event) => act(event.currentTarget, choice)}>
            {choice}
          </button>
        ))}
      </div>
    </div>
  );
}

/** The answers of a question of the past, the chosen ones marked. `reply`: what the customer said to it. */
export function PastAnswers({ line, reply }: { line: Line; reply: Line | undefined }) {
  const { t } = useRoom();
  const values = line.form?.question?.values ?? [];
  if (!line.form || values.length === 0) return null;
  const chosen = reply?.by === "customer" ? chosenBy(reply.command, line.form) : [];
  const isChosen = ({ value, title }: (typeof values)[number]) =>
    chosen.includes(value) || (reply?.by === "customer" && reply.text === title);
  return (
    <ul class="past" lang={line.locale}>
      {values.map((one) => (
        <li key={one.value} class={isChosen(one) ? "chosen" : undefined}>
          {one.title}
          {isChosen(one) && <span class="unseen"> {t("form.chosen")}</span>}
        </li>
      ))}
    </ul>
  );
}
