import type { messagingApi } from "@line/bot-sdk";
import type { Look } from "./card.ts";
import { COLOURS, column, prose, text } from "./parts.ts";

/** What the law says, apart from what the policy says. */
export function lawBox({ t }: Look, words: string): messagingApi.FlexComponent {
  return column(
    [
      text(t("line:law"), { size: "sm", weight: "bold", color: COLOURS.accent }),
      ...prose(words, { size: "sm", margin: "sm" }),
    ],
    { backgroundColor: COLOURS.tint, cornerRadius: "8px", paddingAll: "12px", margin: "lg" },
  );
}
