import type { Choice } from "../../../reply/message.ts";
import type { AdaptiveCard, Element, OpenUrl, ShowCard, Tell } from "./element.ts";
import { inert } from "./inert.ts";

/** Names of what an action tells; they reach us with every press and stay what they are. */
const VERBS = { choose: "choose", answer: "answer", rate: "rate" } as const;

type How = Pick<Tell, "style" | "mode" | "tooltip">;

/** A button that means a choice. It needs no field of the card to be filled in. */
export function choose({ title, command }: Choice, how: How = {}): Tell {
  return tell(title, VERBS.choose, { c: command }, "none", how);
}

/** Sends what stands in the field `value` as the answer to a question of the `n`th form. */
export function answer(title: string, slot: string, n: number): Tell {
  return tell(title, VERBS.answer, { slot, n }, "auto", { style: "positive" });
}

/** 👍/👎 on an activity of the desk. */
export function rate(title: string, thumb: "up" | "down", activityId: string): Tell {
  return tell(title, VERBS.rate, { f: thumb, a: activityId }, "none", { mode: "secondary" });
}

/** Teams runs `Action.Execute`; where it is not known, the same is told by `Action.Submit`. */
function tell(
  title: string,
  verb: string,
  told: object,
  associatedInputs: Tell["associatedInputs"],
  how: How,
): Tell {
  const common = { title: inert(title), data: { madoguchi: told }, associatedInputs, ...how };
  return { type: "Action.Execute", verb, ...common, fallback: { type: "Action.Submit", ...common } };
}

export function open(title: string, url: string): OpenUrl {
  return { type: "Action.OpenUrl", title: inert(title), url };
}

/** What is shown when it is asked for. */
export function fold(title: string, body: Element[]): Element {
  const card: AdaptiveCard = { type: "AdaptiveCard", body };
  const action: ShowCard = { type: "Action.ShowCard", title, card };
  return { type: "ActionSet", spacing: "medium", actions: [action] };
}

/** A button on a line of its own: side by side, long words are cut off in narrow panes. */
export function alone(action: Tell | OpenUrl): Element {
  return { type: "ActionSet", spacing: "small", actions: [action] };
}
