import { MAX_MESSAGE } from "../normalize.ts";
import { readable } from "./answer.ts";
import { type Parser, right, wrong } from "./parser.ts";

/** Longest text that is kept, in characters. */
const MOST = 1_000;
/** Most characters that a masked text shows. */
const GLIMPSE = 10;
const CONTROL = /[^\P{Cc}\n\t]/gu;
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}\p{Cc}]/u;

/** Free words, as they were typed but for control characters and the space around them. */
export const text: Parser<string> = {
  kind: "text",
  parse(typed) {
    const value = readable(typed).replace(/\r\n?/g, "\n").replace(CONTROL, "").trim();
    if (!VISIBLE.test(value)) return wrong("empty");
    return typed.length > MAX_MESSAGE || Array.from(value).length > MOST ? wrong("too-long") : right(value);
  },
  find: () => [],
  show: (value) => value,
  masked(value) {
    const characters = Array.from(value);
    return `${characters.slice(0, Math.min(GLIMPSE, Math.ceil(characters.length / 3))).join("")}…`;
  },
};
