/** What we use of Adaptive Cards 1.5 (adaptivecards.io/schemas/1.5.0): the field's names, nothing that we do not use. */
export interface AdaptiveCard {
  type: "AdaptiveCard";
  /** Nested cards have none. */
  $schema?: string;
  version?: "1.5";
  lang?: string;
  /** Shown where the card cannot be. */
  fallbackText?: string;
  body: Element[];
  actions?: Action[];
}

interface Placed {
  id?: string;
  spacing?: "none" | "small" | "default" | "medium" | "large";
  separator?: true;
}

export interface TextRun {
  type: "TextRun";
  text: string;
  size?: "small" | "large";
  weight?: "bolder";
  fontType?: "monospace";
  isSubtle?: true;
}

/** Text as it is: no client reads markup in it. */
export interface RichTextBlock extends Placed {
  type: "RichTextBlock";
  inlines: TextRun[];
}

/** Clients read Markdown in it: for words of `locales/` alone. */
export interface TextBlock extends Placed {
  type: "TextBlock";
  text: string;
  wrap: true;
  style?: "heading";
  size?: "small" | "medium";
  weight?: "bolder";
  isSubtle?: true;
}

export interface Container extends Placed {
  type: "Container";
  style?: "emphasis";
  items: Element[];
}

interface Column {
  type: "Column";
  width: "auto" | "stretch";
  verticalContentAlignment?: "center";
  items: Element[];
}

interface ColumnSet extends Placed {
  type: "ColumnSet";
  columns: Column[];
}

interface ActionSet extends Placed {
  type: "ActionSet";
  actions: Action[];
}

interface Field extends Placed {
  id: string;
  label: string;
  isRequired: true;
  errorMessage: string;
}

export interface TextInput extends Field {
  type: "Input.Text";
  style?: "email" | "tel";
  isMultiline?: true;
  /** In characters. */
  maxLength: number;
}

interface DateInput extends Field {
  type: "Input.Date";
}

export interface ChoiceInput extends Field {
  type: "Input.ChoiceSet";
  style: "compact" | "expanded";
  isMultiSelect?: true;
  wrap: true;
  choices: { title: string; value: string }[];
}

export type Input = TextInput | DateInput | ChoiceInput;
export type Element = RichTextBlock | TextBlock | Container | ColumnSet | ActionSet | Input;

interface Pressed {
  title: string;
  tooltip?: string;
  style?: "positive" | "destructive";
  /** `secondary`: behind a button of its own where the client has one. */
  mode?: "secondary";
}

/** Tells the desk something. What a client without `Action.Execute` shows in its place is told as a message. */
export interface Tell extends Pressed {
  type: "Action.Execute" | "Action.Submit";
  verb?: string;
  data: object;
  /** Whether the fields of the card are sent with it, and must be filled in. */
  associatedInputs: "auto" | "none";
  fallback?: Tell;
}

export interface OpenUrl extends Pressed {
  type: "Action.OpenUrl";
  url: string;
}

export interface ShowCard extends Pressed {
  type: "Action.ShowCard";
  card: AdaptiveCard;
}

export type Action = Tell | OpenUrl | ShowCard;
