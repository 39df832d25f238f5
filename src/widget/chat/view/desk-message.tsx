import type { Line } from "../talk/line.ts";
import { Answer } from "./answer.tsx";
import { Feedback } from "./feedback.tsx";
import { PastAnswers } from "./form/form-choices.tsx";
import { Guided } from "./form/guided.tsx";
import { PersonIcon } from "./icons.tsx";
import { Stamp } from "./stamp.tsx";

export interface DeskMessageProps {
  line: Line;
  rating: "up" | "down" | undefined;
  /** Whether its choices are buttons now; later they are only told. */
  live: boolean;
  /** What was said next. */
  after: Line | undefined;
}

/** What the desk said: each part short first, with its source. */
export function DeskMessage({ line, rating, live, after }: DeskMessageProps) {
  // The notice at the top stands for the opening.
  if (line.opening) return null;
  const answers = line.parts.some(({ sections }) => sections.some(({ role }) => role === "short"));
  return (
    <li class={line.byPerson ? "message desk agent" : "message desk"} data-line={line.id} data-by="desk">
      {line.byPerson && (
        <p class="agent-name">
          <PersonIcon />
          {line.name}
        </p>
      )}
      <div class="bubble" lang={line.locale}>
        {line.parts.map((part, i) =>
          part.guided ? (
            <Guided
              key={i}
              part={part}
              form={i === line.parts.length - 1 ? line.form : undefined}
              live={live}
              locale={line.locale}
            />
          ) : (
            <Answer key={i} part={part} locale={line.locale} />
          ),
        )}
      </div>
      {!live && line.form && <PastAnswers line={line} reply={after} />}
      {!live && !line.form && !answers && line.choices.length > 0 && (
        <ul class="past" lang={line.locale}>
          {line.choices.map((choice) => (
            <li key={choice}>{choice}</li>
          ))}
        </ul>
      )}
      <div class="under">
        <Stamp at={line.at} by="desk" />
        {line.ratable && <Feedback line={line.id} rating={rating} />}
      </div>
    </li>
  );
}
