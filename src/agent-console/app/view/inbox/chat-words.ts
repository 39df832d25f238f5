import type { ShownRefusal } from "../../../inbox/shown.ts";
import type { Outcome } from "../../api.ts";
import type { T } from "../../words.ts";
import { wordsFor } from "../context.ts";

/** Words for a step in a chat that did not go well; undefined when it did. Whoever has the chat is named. */
export function chatWords(t: T, outcome: Outcome<unknown>): string | undefined {
  if (outcome.kind === "approval") return t("permit.heading");
  if (outcome.kind !== "issue") return wordsFor(t, outcome);
  const { issue, agent } = outcome.told as ShownRefusal;
  return issue === "held" && agent
    ? t("chat.refused.held-by", { name: agent.name })
    : t(`chat.refused.${issue}`);
}
