import { type Option, readerOf } from "./options.ts";
import { type Parser, right, wrong } from "./parser.ts";

/** One of some options: by its number, by its name, or by a sentence that holds one name. */
export function choiceOf(options: readonly Option[]): Parser<string> {
  const reader = readerOf(options);
  const show = (value: string) => options.find((o) => o.value === value)?.names[0] ?? value;
  return {
    kind: "choice",
    parse(typed) {
      const direct = reader.byName(typed);
      const read = direct.length > 0 ? direct : (reader.byNumber(typed) ?? reader.inside(typed).named);
      const [value] = read;
      if (value === undefined) return wrong("none-of-these");
      return read.length > 1 ? wrong("several") : right(value);
    },
    find: () => [],
    show,
    masked: show,
  };
}
