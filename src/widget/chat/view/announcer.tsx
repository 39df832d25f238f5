import { useState } from "preact/hooks";
import type { Line } from "../talk/line.ts";
import type { Talk } from "../talk/state.ts";
import type { T } from "../words.ts";
import { useArrivals } from "./arrivals.ts";
import { useRoom } from "./room.ts";

/** How long what was read out stays, in milliseconds. */
const STAYS_MS = 15_000;

/** Reads each new message of the desk out once. The messages themselves are no live region: history stays silent. */
export function Announcer({ talk }: { talk: Talk }) {
  const { t } = useRoom();
  const [said, setSaid] = useState<readonly Line[]>([]);
  useArrivals(talk, (lines) => {
    setSaid((before) => [...before, ...lines]);
    setTimeout(() => setSaid((before) => before.filter((line) => !lines.includes(line))), STAYS_MS);
  });
  return (
    <div class="unseen" aria-live="polite" aria-relevant="additions" data-announcer>
      {said.map((line) => (
        <p key={line.id} lang={line.locale}>
          {line.byPerson ? line.name : t("desk")}: {spoken(line, t)}
        </p>
      ))}
    </div>
  );
}

/**
 * The direct answer; whoever wants the whole clause or its source finds it in the message. Of a form: how far one is,
 * what can be answered, and not each time what else can be done.
 */
function spoken({ parts, choices, form }: Line, t: T): string {
  const texts = parts.flatMap(({ sections, guided }) =>
    sections
      .filter(({ role }) => role !== "full" && role !== "source" && !(guided && role === "law"))
      .map(({ role, text }) =>
        role === "question" && form?.question?.step ? `${t("form.step", form.question.step)} ${text}` : text,
      ),
  );
  const titles = form ? (form.question?.values.map(({ title }) => title) ?? []) : choices;
  return [...texts, ...titles].join("\n");
}
