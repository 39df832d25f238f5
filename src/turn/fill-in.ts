import type { Texts } from "../reply/texts.ts";
import type { Found, Lookup } from "../requests/register.ts";
import { noticeIn } from "./handoff-notices.ts";
import type { Job } from "./store.ts";
import { lookedUp } from "./take.ts";
import type { Brain, Outcome, Talk, TurnMoment } from "./talk.ts";

interface FillOptions {
  brain: Brain;
  texts: Texts;
}

/**
 * An agent's part of a form, in its turn: what was entered and what the form says to it, in the agent's name. When the
 * agent has gone, or the form has moved on meanwhile, nothing is said.
 */
export async function filled(
  { brain, texts }: FillOptions,
  { conversation: { operator }, filling, handoff }: Pick<Job, "conversation" | "filling" | "handoff">,
  talk: Talk,
  moment: TurnMoment,
  look: (lookup: Lookup) => Promise<Found>,
): Promise<Outcome> {
  const nothing: Outcome = { talk, messages: [] };
  const fillIn = brain.fillIn?.bind(brain);
  if (!filling || !fillIn || handoff?.state !== "assigned") return nothing;
  const { agent, what } = filling;
  let unfit = false;
  const outcome = await lookedUp(async (found) => {
    const done = await fillIn(operator, talk, what, { ...moment, found });
    unfit = typeof done === "string";
    return typeof done === "string" ? nothing : done;
  }, look);
  if (unfit) return nothing;
  const { locale } = talk;
  const form = await brain.formSoFar?.(operator, outcome.talk, moment);
  const row = "slot" in what ? form?.rows.find(({ slot }) => slot === what.slot) : undefined;
  const key = what.do === "start" ? "begun-for" : row ? "filled-for" : "moved-for";
  const notice = noticeIn(texts, locale, key, "assigned", {
    name: agent.name,
    row: row ? texts[locale]("dialogs:row", { label: row.label, value: row.value }) : "",
  });
  const together = withAssisted(outcome, outcome.talk.forms);
  return { ...together, messages: [notice, ...outcome.messages], agent: agent.name };
}

/** The form stays the one that is filled in together, as long as it is open. */
export function withAssisted(outcome: Outcome, n: number | undefined): Outcome {
  const { assisted: _, ...talk } = outcome.talk;
  return n === undefined || !talk.dialog
    ? { ...outcome, talk }
    : { ...outcome, talk: { ...talk, assisted: n } };
}
