import { blocksOf } from "../../../reply/prose.ts";
import type { RichTextBlock, TextBlock, TextRun } from "./element.ts";
import { inert } from "./inert.ts";

/** A line of its own that names what follows: 【法令】, [Law]. */
const LABEL = /^(?:【.+】|\[.+\])$/;
/** Longest run of letters in one element, in UTF-16 units: a card is cut between elements. */
const LONGEST = 2_000;

type Weight = Pick<TextRun, "weight" | "size" | "isSubtle" | "fontType">;

/** A line of text as it is. */
export function line(
  text: string,
  how: Weight = {},
  spacing: RichTextBlock["spacing"] = "none",
): RichTextBlock {
  return { type: "RichTextBlock", spacing, inlines: [{ type: "TextRun", text: inert(text), ...how }] };
}

/** Plain text as paragraphs and lists, an element for each line: no client breaks lines within one in the same way. */
export function prose(text: string, how: Weight = {}): RichTextBlock[] {
  return blocksOf(text).flatMap(({ kind, lines }) =>
    lines
      .filter((one) => one.trim() !== "")
      .flatMap((one, i) => {
        const label = kind === "paragraph" && lines.length > 1 && LABEL.test(one.trim());
        const shown = kind === "list" ? `・${one}` : one;
        const spacing = i === 0 ? "medium" : kind === "list" ? "small" : "none";
        return pieces(shown).map((piece, j) =>
          line(piece, label ? { ...how, weight: "bolder" } : how, j === 0 ? spacing : "none"),
        );
      }),
  );
}

/** Words of `locales/` that name what stands below. */
export function heading(text: string): TextBlock {
  return { type: "TextBlock", text, wrap: true, style: "heading", size: "medium", weight: "bolder" };
}

/** Words of `locales/` that stand back. */
export function aside(text: string): TextBlock {
  return { type: "TextBlock", text, wrap: true, size: "small", isSubtle: true, spacing: "small" };
}

function pieces(text: string): string[] {
  const out: string[] = [];
  for (let rest = text; rest !== ""; ) {
    // A pair of surrogates stays whole.
    const end = /[\ud800-\udbff]/.test(rest[LONGEST - 1] ?? "") ? LONGEST - 1 : LONGEST;
    out.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return out;
}
