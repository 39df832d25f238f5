import type { Launchers } from "../desk.ts";
import { Panel } from "./panel.ts";

/** The element that holds everything; its name tells a second loader that one is there. */
const TAG = "madoguchi-desk";
const LANGUAGE = /^en\b/i;

/** Puts the launcher of the operator that the script names on the page; does nothing when it is there. */
export function mount(script: HTMLScriptElement, { desks, words }: Launchers): void {
  const operator = script.dataset.operator ?? "";
  const server = new URL(script.src).origin;
  if (!Object.hasOwn(desks, operator)) return;
  const desk = desks[operator];
  if (!desk) return;
  const place = () => {
    if (document.querySelector(TAG)) return;
    const tag = script.dataset.lang ?? document.documentElement.lang;
    const locale = LANGUAGE.test(tag) ? "en" : "ja";
    const root = document.createElement(TAG);
    new Panel({
      root,
      server,
      operator,
      locale,
      name: desk.name[locale],
      colour: desk.colour,
      words: words[locale],
    });
    document.body.append(root);
  };
  if (document.body) place();
  else addEventListener("DOMContentLoaded", place, { once: true });
}
