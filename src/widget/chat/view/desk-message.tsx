import type { Line } from "../talk/line.ts";
import { Answer } from "./answer.tsx";
import { Feedback } from "./feedback.tsx";
import { Stamp } from "./stamp.tsx";

/** What the desk said: each part short first, with its source. */
export function DeskMessage({ line, rating }: { line: Line; rating: "up" | "down" | undefined }) {
  // The notice at the top stands for the opening.
  if (line.opening) return null;
  return (
    <li class="message desk" data-line={line.id} data-by="desk">
      <div class="bubble" lang={line.locale}>
        {line.parts.map((part, i) => (
          <Answer key={i} part={part} locale={line.locale} />
        ))}
      </div>
      <div class="under">
        <Stamp at={line.at} by="desk" />
        {line.ratable && <Feedback line={line.id} rating={rating} />}
      </div>
    </li>
  );
}
