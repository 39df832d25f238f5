import type { messagingApi } from "@line/bot-sdk";
import type { Locale } from "../../../reply/locale.ts";
import type { Texts } from "../../../reply/texts.ts";
import { choiceAction } from "../postback.ts";

/** Measures of the picture, in pixels. */
export const WIDTH = 2_500;
export const HEIGHT = 1_686;

export type AreaName = "ask" | "requests" | "status" | "person" | "language";

interface Area {
  name: AreaName;
  x: number;
  y: number;
  width: number;
  height: number;
}

const TOP = 843;
const THIRD = Math.floor(WIDTH / 3);

/** Two large areas for what most people come for, three below. */
export const AREAS: readonly Area[] = [
  { name: "ask", x: 0, y: 0, width: WIDTH / 2, height: TOP },
  { name: "requests", x: WIDTH / 2, y: 0, width: WIDTH / 2, height: TOP },
  { name: "status", x: 0, y: TOP, width: THIRD, height: HEIGHT - TOP },
  { name: "person", x: THIRD, y: TOP, width: THIRD, height: HEIGHT - TOP },
  { name: "language", x: 2 * THIRD, y: TOP, width: WIDTH - 2 * THIRD, height: HEIGHT - TOP },
];

const COMMANDS: Readonly<Record<Exclude<AreaName, "language">, string>> = {
  ask: "topics",
  requests: "requests",
  status: "request:status",
  person: "handoff",
};

/** Menus of ours begin so: others of the account are left alone. */
export const PREFIX = "madoguchi:";

/** The name by which a menu of a language is switched to; an account is one operator's. */
export const aliasOf = (locale: Locale): string => `madoguchi-${locale}`;

/** The menu below an operator's chat in one language; the area of the other language changes the chat's, too. */
export function richMenu(operator: string, texts: Texts, locale: Locale): messagingApi.RichMenuRequest {
  const t = texts[locale];
  const other = locale === "ja" ? "en" : "ja";
  const actionOf = (name: AreaName): messagingApi.Action | undefined => {
    const label = t(`line:menu.${name}.title`);
    if (name === "language") {
      const to = { richMenuAliasId: aliasOf(other), data: `c=language:${other}` };
      return { type: "richmenuswitch", label, ...to } as messagingApi.Action;
    }
    const action = choiceAction({ title: t(`line:menu.${name}.says`), command: COMMANDS[name] });
    // The answer is seen at once: the menu would cover half of it.
    return action && ({ ...action, label, inputOption: "closeRichMenu" } as messagingApi.Action);
  };
  return {
    size: { width: WIDTH, height: HEIGHT },
    selected: true,
    name: `${PREFIX}${operator}:${locale}`,
    chatBarText: t("line:menu.bar"),
    areas: AREAS.flatMap(({ name, ...bounds }) => {
      const action = actionOf(name);
      return action ? [{ bounds, action }] : [];
    }),
  };
}
