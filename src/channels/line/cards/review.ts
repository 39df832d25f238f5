import type { messagingApi } from "@line/bot-sdk";
import type { Part } from "../../../reply/words.ts";
import { choiceAction } from "../postback.ts";
import { split } from "../text.ts";
import { type Card, type Look, sectionsOf, type Told } from "./card.ts";
import { bubble, COLOURS, column, line, prose, rule, tap, text } from "./parts.ts";

type Review = Extract<Part, { kind: "review" }>;
type Row = Review["rows"][number];
type Component = messagingApi.FlexComponent;

/** Bytes of rows that share a card: LINE takes 30 KB of all of it. */
const ROWS_BYTES = 18_000;
/** Longest stretch of an answer that stands in one row, in UTF-16 units. */
const VALUE_LENGTH = 4_000;

/**
 * All answers, each with its own way to change it, then what will be done with them and the button that sends them.
 * Long answers go on in a further card: nothing that is to be sent is left out. No answer stands in the notification:
 * that is seen on a locked telephone, by whoever stands near.
 */
export function review(look: Look, { part, sections, choices }: Told<Review>): Card[] {
  const { t } = look;
  const table = sections.findIndex(({ role }) => role === "table");
  const before = sectionsOf(sections.slice(0, Math.max(0, table)), "plain");
  const after = sectionsOf(sections.slice(table + 1), "plain", "note");
  const [heading = "", ...intro] = (before.at(-1) ?? "").split("\n");
  const confirm = choices.find(({ command }) => command === `form:${part.n}.confirm`);
  const send = confirm && choiceAction(confirm);
  const groups = grouped(part.rows.flatMap((row) => rowsOf(look, part.n, row)));
  return groups.map((rows, i) => {
    const [first, last] = [i === 0, i === groups.length - 1];
    return {
      bubble: bubble(
        [
          ...(first ? before.slice(0, -1).flatMap((one) => [...prose(one, { size: "sm" }), rule()]) : []),
          ...(first
            ? [text(heading, { size: "lg", weight: "bold", margin: before.length > 1 ? "lg" : "none" })]
            : []),
          ...(first && intro.length > 0
            ? prose(intro.join("\n"), { size: "sm", color: COLOURS.faint, margin: "sm" })
            : []),
          column(
            rows.flatMap((row, at) => (at > 0 || first ? [rule(), row] : [row])),
            {},
          ),
          ...(last
            ? [
                rule(),
                ...after.flatMap((one) => prose(one, { size: "sm", color: COLOURS.faint, margin: "lg" })),
              ]
            : []),
        ],
        last && send && confirm ? [tap(confirm.title, send, "strong")] : [],
      ),
      alt: t("line:review-alt", { title: heading, count: part.rows.length }),
      offers: last && send && confirm ? [confirm.command] : [],
      waits: true,
    };
  });
}

function rowsOf({ t }: Look, n: number, { slot, label, value }: Row): Component[] {
  const change = choiceAction({ title: t("line:change-row", { label }), command: `form:${n}.edit.${slot}` });
  const stretches = split(value, VALUE_LENGTH);
  return (stretches.length > 0 ? stretches : [value]).map((stretch, i) =>
    line(
      [
        column(
          [
            ...(i === 0 ? [text(label, { size: "sm", color: COLOURS.faint })] : []),
            text(stretch, { size: "md" }),
          ],
          { flex: 1 },
        ),
        ...(change && i === 0
          ? [
              column([text(t("line:change"), { size: "sm", color: COLOURS.accent, weight: "bold" })], {
                action: change,
                flex: 0,
                paddingAll: "10px",
                cornerRadius: "8px",
                borderWidth: "1px",
                borderColor: COLOURS.line,
              }),
            ]
          : []),
      ],
      { spacing: "md", margin: "lg", alignItems: "center" },
    ),
  );
}

function grouped(rows: readonly Component[]): Component[][] {
  const groups: Component[][] = [[]];
  let bytes = 0;
  for (const row of rows) {
    const size = Buffer.byteLength(JSON.stringify(row));
    if (bytes > 0 && bytes + size > ROWS_BYTES) {
      groups.push([]);
      bytes = 0;
    }
    groups.at(-1)?.push(row);
    bytes += size;
  }
  return groups;
}
