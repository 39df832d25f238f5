import type { messagingApi } from "@line/bot-sdk";
import { blocksOf } from "../../../reply/prose.ts";
import { clean } from "../text.ts";

type Box = messagingApi.FlexBox;
type Component = messagingApi.FlexComponent;

/** Colours of a card; each of the letters has a contrast of 4.5 or more on what it may stand on. */
export const COLOURS = {
  paper: "#ffffff",
  tint: "#eef4f3",
  ink: "#1c1c1c",
  faint: "#555f5d",
  accent: "#0b5f57",
  line: "#c9d6d3",
  onAccent: "#ffffff",
} as const;

/** Smaller letters than "sm" are hard to read for many who come here. */
type Size = "sm" | "md" | "lg" | "xl";

export interface Style {
  size?: Size;
  color?: string;
  weight?: "regular" | "bold";
  margin?: string;
  align?: "start" | "center" | "end";
}

/** Text that wraps and grows with the reader's own size of letters. LINE takes no empty text: it becomes a dash. */
export function text(words: string, style: Style = {}): messagingApi.FlexText & { type: "text" } {
  const { size = "md", color = COLOURS.ink, ...rest } = style;
  return {
    type: "text",
    text: clean(words) || "—",
    wrap: true,
    scaling: true,
    lineSpacing: "4px",
    size,
    color,
    ...rest,
  };
}

export function column(contents: Component[], box: Partial<Box> = {}): Box & { type: "box" } {
  return { type: "box", layout: "vertical", contents, ...box };
}

export function line(contents: Component[], box: Partial<Box> = {}): Box & { type: "box" } {
  return { type: "box", layout: "horizontal", contents, ...box };
}

/** Plain text of ours: paragraphs, and lists with their items under each other. */
export function prose(words: string, style: Style = {}): Component[] {
  return blocksOf(clean(words)).flatMap(({ kind, lines }, i): Component[] => {
    const margin = i > 0 ? { margin: "md" } : style.margin ? { margin: style.margin } : {};
    const { margin: _, ...plain } = style;
    if (kind === "paragraph")
      return lines.length > 0 ? [text(lines.join("\n"), { ...plain, ...margin })] : [];
    const items = lines.map((one) =>
      line(
        [
          { ...text("・", plain), flex: 0 },
          { ...text(one, plain), flex: 1 },
        ],
        { spacing: "xs" },
      ),
    );
    return [column(items, { spacing: "xs", ...margin })];
  });
}

export const rule = (): Component => ({ type: "separator", color: COLOURS.line, margin: "lg" }) as Component;

/**
 * Something to tap: a box, since the label of LINE's own button is one line and cut. `strong`: what carries a request
 * forward.
 */
export function tap(
  words: string,
  action: messagingApi.Action,
  look: "choice" | "strong" | "quiet" = "choice",
): Box & { type: "box" } {
  const strong = look === "strong";
  return column(
    [
      text(words, {
        color: strong ? COLOURS.onAccent : COLOURS.accent,
        weight: "bold",
        align: "center",
        size: look === "quiet" ? "sm" : "md",
      }),
    ],
    {
      action,
      paddingTop: "11px",
      paddingBottom: "11px",
      paddingStart: "12px",
      paddingEnd: "12px",
      cornerRadius: "8px",
      justifyContent: "center",
      backgroundColor: strong ? COLOURS.accent : COLOURS.paper,
      ...(strong
        ? {}
        : { borderWidth: "1px", borderColor: look === "quiet" ? COLOURS.line : COLOURS.accent }),
    },
  );
}

/** A card: what is said, and below it what can be tapped. */
export function bubble(
  contents: Component[],
  taps: Component[] = [],
): messagingApi.FlexBubble & { type: "bubble" } {
  return {
    type: "bubble",
    size: "giga",
    body: column(contents, { paddingAll: "18px", backgroundColor: COLOURS.paper }),
    ...(taps.length > 0
      ? {
          footer: column(taps, {
            spacing: "8px",
            paddingAll: "18px",
            paddingTop: "0px",
            backgroundColor: COLOURS.paper,
          }),
        }
      : {}),
  };
}
