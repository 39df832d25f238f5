import type { Element } from "./element.ts";
import { line, prose } from "./prose.ts";

/** A line that names what it tells: 受付日：2026年11月24日. */
const ROW = /^([^:：]{1,30})(?:：|: )(.+)$/;
/** A receipt number or a code as the desk writes it: ABC-DEF-GHJK, ABCD-EFGH. */
const CODE = /^((?:[2-9A-HJ-NP-Z]{3}-){2}[2-9A-HJ-NP-Z]{4}|[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4})(?![\w-])/;

/** Lines under their names; numbers and codes large, in letters that cannot be misread. */
export function rows(lines: readonly string[]): Element[] {
  return lines.flatMap((one): Element[] => {
    const [, name, value = one] = ROW.exec(one) ?? [];
    if (name === undefined) return prose(one);
    const code = CODE.exec(value)?.[1];
    const rest = code === undefined ? value : value.slice(code.length);
    return [
      line(name, { size: "small", isSubtle: true }, "medium"),
      ...(code === undefined ? [] : [line(code, { fontType: "monospace", size: "large", weight: "bolder" })]),
      ...(rest === "" ? [] : [line(rest, code === undefined ? {} : { size: "small" })]),
    ];
  });
}
