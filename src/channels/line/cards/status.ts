import type { Part } from "../../../reply/words.ts";
import { choiceAction } from "../postback.ts";
import { type Card, type Look, sectionsOf, type Told } from "./card.ts";
import { tapsOf } from "./choices.ts";
import { bubble, tap } from "./parts.ts";
import { rowsOf } from "./receipt.ts";

/** How far a request is; where it can be taken back now, the button for it. */
export function status(
  _look: Look,
  { part, sections, choices }: Told<Extract<Part, { kind: "status" }>>,
): Card {
  const lines = sectionsOf(sections, "plain", "note")
    .flatMap((one) => one.split("\n"))
    .filter((one) => one !== "");
  const confirm = choices.find(({ command }) => command === `form:${part.n}.confirm`);
  const action = confirm && choiceAction(confirm);
  const codes = tapsOf(choices.filter(({ command }) => command.startsWith("code:")));
  return {
    bubble: bubble(
      rowsOf(lines, (i) => i === 0),
      [...(confirm && action ? [tap(confirm.title, action, "strong")] : []), ...codes.taps],
    ),
    alt: lines.join("\n"),
    offers: [...(confirm && action ? [confirm.command] : []), ...codes.offers],
    waits: true,
  };
}
