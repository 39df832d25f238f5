import type { messagingApi } from "@line/bot-sdk";
import { ratingAction, reasonAction } from "../postback.ts";
import { label } from "../text.ts";
import type { Look } from "./card.ts";
import { COLOURS, column, line, rule, text } from "./parts.ts";

/** Why an answer may have been no help: `line:feedback.reasons.<id>`. */
export const REASONS = ["other-question", "unclear", "incomplete", "wrong"] as const;

/** "Did this help?" with two small buttons; nothing where there is nothing to rate. */
export function feedback({ t, rated }: Look): messagingApi.FlexComponent[] {
  if (rated === undefined) return [];
  const buttons = (["up", "down"] as const).flatMap((rating) => {
    const action = ratingAction(rating, rated, t(`line:feedback.${rating}`));
    if (!action) return [];
    const words = text(t(`line:feedback.${rating}`), { size: "sm", color: COLOURS.ink, align: "center" });
    return [
      column([words], {
        action,
        flex: 0,
        paddingAll: "9px",
        paddingStart: "14px",
        paddingEnd: "14px",
        cornerRadius: "20px",
        borderWidth: "1px",
        borderColor: COLOURS.line,
      }),
    ];
  });
  if (buttons.length === 0) return [];
  const ask = text(t("line:feedback.ask"), { size: "sm", color: COLOURS.faint });
  return [
    rule(),
    line([{ ...ask, flex: 1 }, ...buttons], { spacing: "8px", alignItems: "center", margin: "lg" }),
  ];
}

/** What is asked after 👎: one of four reasons as quick replies. */
export function reasonQuestion(
  { t }: Pick<Look, "t">,
  activityId: string,
): messagingApi.TextMessage & { type: "text" } {
  const items = REASONS.flatMap((reason) => {
    const words = t(`line:feedback.reasons.${reason}`);
    const action = reasonAction(reason, activityId, words);
    return action ? [{ type: "action", action: { ...action, label: label(words, 20) } }] : [];
  });
  return {
    type: "text",
    text: t("line:feedback.why"),
    ...(items.length > 0 ? { quickReply: { items } } : {}),
  };
}
