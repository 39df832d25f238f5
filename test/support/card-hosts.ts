/** Colours of one kind of container in a host of Adaptive Cards. */
interface Colours {
  background: string;
  ink: string;
  faint: string;
  accent: string;
}

/** Hosts as Teams draws cards, in their colours and sizes: written for these tests, near to what one sees there. */
export const HOSTS = {
  light: host(
    { background: "#ffffff", ink: "#242424", faint: "#616161", accent: "#4f52b2" },
    { background: "#f5f5f5", ink: "#242424", faint: "#595959", accent: "#4f52b2" },
  ),
  dark: host(
    { background: "#292929", ink: "#ffffff", faint: "#c7c7c7", accent: "#a6a7dc" },
    { background: "#1f1f1f", ink: "#ffffff", faint: "#c7c7c7", accent: "#a6a7dc" },
  ),
  contrast: host(
    { background: "#000000", ink: "#ffffff", faint: "#ffffff", accent: "#ffff01" },
    { background: "#000000", ink: "#ffffff", faint: "#ffffff", accent: "#ffff01" },
  ),
} as const;
export type Theme = keyof typeof HOSTS;

function host(plain: Colours, emphasis: Colours) {
  return {
    supportsInteractivity: true,
    fontFamily: "system-ui, 'BIZ UDPGothic', sans-serif",
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: plain.background === "#ffffff" ? "#e0e0e0" : "#616161" },
    textStyles: { heading: { size: "medium", weight: "bolder", color: "default" } },
    textBlock: { headingLevel: 2 },
    inputs: { label: { requiredInputs: { suffix: " *" } }, errorMessage: { color: "attention" } },
    actions: {
      maxActions: 6,
      spacing: "default",
      buttonSpacing: 8,
      showCard: { actionMode: "inline", inlineTopMargin: 8, style: "emphasis" },
      actionsOrientation: "horizontal",
      actionAlignment: "left",
    },
    containerStyles: { default: colours(plain), emphasis: colours(emphasis) },
  };
}

function colours({ background, ink, faint, accent }: Colours) {
  const of = (colour: string, subtle = colour) => ({ default: colour, subtle });
  const attention = background === "#ffffff" || background === "#f5f5f5" ? "#b10e1c" : "#f1707b";
  return {
    backgroundColor: background,
    borderColor: "#8a8a8a",
    foregroundColors: {
      default: of(ink, faint),
      accent: of(accent),
      good: of(ink),
      warning: of(ink),
      attention: of(attention),
      dark: of(ink),
      light: of(ink),
    },
  };
}
