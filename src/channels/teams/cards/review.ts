import type { Section } from "../../../reply/message.ts";
import type { Part } from "../../../reply/words.ts";
import { choose } from "./action.ts";
import type { Words } from "./answer.ts";
import type { Element } from "./element.ts";
import { heading, line, prose } from "./prose.ts";

type Review = Part & { kind: "review" };

/**
 * All answers, a row each with its button; before and after them what there is to say. What was answered keeps the rows
 * alone: that nothing has been sent yet is no longer so.
 */
export function reviewBlocks(
  words: Words,
  part: Review,
  sections: readonly Section[],
  live: boolean,
): Element[][] {
  const { t } = words;
  return [
    [heading(t(`requests:${part.form}`))],
    ...sections.flatMap(({ role, text }): Element[][] => {
      if (role === "table") return part.rows.map((row) => [rowOf(words, part.n, row, live)]);
      return live ? [prose(text)] : [];
    }),
  ];
}

function rowOf(
  { t }: Words,
  n: number,
  { slot, label, value }: Review["rows"][number],
  live: boolean,
): Element {
  const told: Element[] = [
    line(label, { size: "small", isSubtle: true }),
    ...value.split("\n").flatMap((one) => prose(one).map((p): Element => ({ ...p, spacing: "none" }))),
  ];
  const change = choose(
    { title: t("dialogs:buttons.change"), command: `form:${n}.edit.${slot}` },
    { tooltip: t("widget:chat.form.change-row", { label }) },
  );
  return {
    type: "ColumnSet",
    separator: true,
    spacing: "small",
    columns: [
      { type: "Column", width: "stretch", items: told },
      ...(live
        ? [
            {
              type: "Column" as const,
              width: "auto" as const,
              verticalContentAlignment: "center" as const,
              items: [{ type: "ActionSet" as const, actions: [change] }],
            },
          ]
        : []),
    ],
  };
}
