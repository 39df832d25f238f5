import type { Activity } from "botbuilder";
import type {
  Action,
  AdaptiveCard,
  Element,
  Input,
  OpenUrl,
  Tell,
} from "../../src/channels/teams/cards/element.ts";
import type { Incoming } from "../../src/turn/talk.ts";

/** The cards of what the desk sent, in their order. */
export function cardsIn(activities: readonly Partial<Activity>[]): AdaptiveCard[] {
  return activities.flatMap(({ attachments = [] }) =>
    attachments.map(({ content }) => content as AdaptiveCard),
  );
}

/** Every action, those within what is folded too. */
export function actionsIn(cards: readonly AdaptiveCard[]): Action[] {
  const within = (action: Action): Action[] =>
    action.type === "Action.ShowCard" ? [action, ...actionsIn([action.card])] : [action];
  return cards.flatMap(({ body, actions = [] }) => [
    ...elementsIn(body).flatMap((element) =>
      element.type === "ActionSet" ? element.actions.flatMap(within) : [],
    ),
    ...actions.flatMap(within),
  ]);
}

/** Every element with those that it holds. */
function elementsIn(body: readonly Element[]): Element[] {
  return body.flatMap((element): Element[] => {
    if (element.type === "Container") return [element, ...elementsIn(element.items)];
    if (element.type === "ColumnSet")
      return [element, ...element.columns.flatMap(({ items }) => elementsIn(items))];
    return [element];
  });
}

export const tellsIn = (cards: readonly AdaptiveCard[]): Tell[] =>
  actionsIn(cards).filter((action): action is Tell => action.type === "Action.Execute");

/** Addresses that can be opened. */
export function linksIn(cards: readonly AdaptiveCard[]): string[] {
  return actionsIn(cards)
    .filter((action): action is OpenUrl => action.type === "Action.OpenUrl")
    .map(({ url }) => url);
}

export const inputIn = (cards: readonly AdaptiveCard[]): Input | undefined =>
  cards
    .flatMap(({ body }) => elementsIn(body))
    .find((element): element is Input => element.type.startsWith("Input."));

/** What reaches the desk when a button is pressed, as Teams sends it: the action's data with the fields of the card. */
export function pressed(action: Tell, fields: Readonly<Record<string, string>> = {}): Incoming {
  const { madoguchi } = action.data as { madoguchi: { c?: string; slot?: string } };
  if (madoguchi.c !== undefined) return { command: madoguchi.c };
  return madoguchi.slot !== undefined ? { text: fields.value ?? "" } : {};
}
