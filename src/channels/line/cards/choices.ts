import type { messagingApi } from "@line/bot-sdk";
import type { Choice } from "../../../reply/message.ts";
import type { Part } from "../../../reply/words.ts";
import { choiceAction } from "../postback.ts";
import { type Card, type Look, sectionsOf, type Told } from "./card.ts";
import { feedback } from "./feedback.ts";
import { bubble, COLOURS, prose, tap } from "./parts.ts";

/** Each choice as something to tap; `name` words it, where that is more than its title. */
export function tapsOf(
  choices: readonly Choice[],
  name: (choice: Choice, i: number) => string = ({ title }) => title,
): { taps: messagingApi.FlexComponent[]; offers: string[] } {
  const made = choices.flatMap((choice, i) => {
    const action = choiceAction(choice);
    return action ? [{ tap: tap(name(choice, i), action), command: choice.command }] : [];
  });
  return { taps: made.map((m) => m.tap), offers: made.map((m) => m.command) };
}

/** Words with what can be chosen below them: a "did you mean", near topics, first questions, a change of request. */
export function choices(look: Look, { part, sections, choices }: Told<Part>): Card {
  const words = sectionsOf(sections, "plain", "short", "full", "law", "note");
  const { taps, offers } = tapsOf(choices);
  const rated = part.kind === "out-of-scope" ? feedback(look) : [];
  return {
    bubble: bubble(
      words.flatMap((one, i) => prose(one, i > 0 ? { margin: "lg", color: COLOURS.ink } : {})),
      [...taps, ...rated],
    ),
    alt: [...words, ...choices.map(({ title }) => `・${title}`)].join("\n"),
    offers,
    waits: true,
  };
}
