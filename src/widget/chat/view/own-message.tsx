import type { Line } from "../talk/line.ts";
import { Stamp } from "./stamp.tsx";

/** What the customer said, letter by letter as it was typed. */
export function OwnMessage({ line }: { line: Line }) {
  return (
    <li class="message own" data-line={line.id} data-by="customer">
      <p class="bubble" dir="auto">
        {line.text}
      </p>
      <Stamp at={line.at} by="you" />
    </li>
  );
}
