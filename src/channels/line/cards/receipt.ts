import type { messagingApi } from "@line/bot-sdk";
import type { Part } from "../../../reply/words.ts";
import { clean, cut } from "../text.ts";
import { type Card, type Look, sectionsOf, type Told } from "./card.ts";
import { tapsOf } from "./choices.ts";
import { bubble, COLOURS, column, prose, rule, tap, text } from "./parts.ts";

/** A line that names what it tells: 受付日：2026年11月24日. */
const ROW = /^([^:：]{1,30})(?:：|: )(.+)$/s;
/** Longest text that a tap copies. */
const COPIED = 1_000;

/** Lines of label and value under each other; a line that names nothing stands alone. `top`: space above the first. */
export function rowsOf(
  lines: readonly string[],
  large: (i: number) => boolean,
  top = "none",
): messagingApi.FlexComponent[] {
  return lines.map((one, i) => {
    const [, name, value = one] = ROW.exec(one) ?? [];
    return column(
      [
        ...(name ? [text(name, { size: "sm", color: COLOURS.faint })] : []),
        text(value, large(i) ? { size: "xl", weight: "bold" } : { size: "md" }),
      ],
      { margin: i === 0 ? top : "lg" },
    );
  });
}

/**
 * The paper to keep, to be copied with one tap: number, days, code. The notification tells the number and not the
 * code: whoever has both sees the request.
 */
export function receipt(look: Look, { part, sections }: Told<Extract<Part, { kind: "receipt" }>>): Card {
  const { t } = look;
  const paper = sectionsOf(sections, "receipt").join("\n");
  const [title = "", ...lines] = paper.split("\n");
  const kept = cut(clean(paper), COPIED);
  return {
    bubble: bubble(
      [
        text(title, { size: "lg", weight: "bold", color: COLOURS.accent }),
        rule(),
        ...rowsOf(lines, (i) => i === 0, "lg"),
      ],
      kept === ""
        ? []
        : [tap(t("line:copy"), { type: "clipboard", clipboardText: kept } as messagingApi.Action)],
    ),
    alt: t("line:receipt-alt", { title, number: part.receipt }),
    offers: [],
    waits: true,
  };
}

/** What comes next, papers, how to look it up, whom to ask; what can be done about it at once. */
export function afterReceipt({ sections, choices }: Told<Part>): Card | undefined {
  const rest = sectionsOf(sections, "plain", "note");
  if (rest.length === 0) return undefined;
  const { taps, offers } = tapsOf(choices);
  return {
    bubble: bubble(
      rest.flatMap((one, i) => [
        ...(i > 0 ? [rule()] : []),
        ...prose(one, { size: "sm", ...(i > 0 ? { margin: "lg" } : {}) }),
      ]),
      taps,
    ),
    alt: rest.join("\n"),
    offers,
  };
}
