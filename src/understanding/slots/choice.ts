import { readable } from "./answer.ts";
import { keyOf, type Option, readerOf } from "./options.ts";
import { type Parser, right, wrong } from "./parser.ts";

const CLAUSES = /[、。，,;；\n]|(?<=[^\d]\.)\s|(?<=けど|ですが|ますが)|\b(?:but|though)\b/i;
/** A clause that says what is not so: "住民票はまだ取ってない", "I don't have the other one". */
const DENIES =
  /.(?:ない|ません|なし|ず)(?:です|ん|けど|けれど|が|ので|から|よ|の|し|た){0,3}$|\bnot\b|n't\b|\bdont\b/;

/**
 * One of some options: by its number, by its name, or by a sentence that holds one name. Of several names the one
 * counts that is not denied: "I have a licence, I don't have the other paper".
 */
export function choiceOf(options: readonly Option[]): Parser<string> {
  const reader = readerOf(options);
  const show = (value: string) => options.find((o) => o.value === value)?.names[0] ?? value;
  function asserted(typed: string, named: string[]): string[] {
    const clauses = readable(typed).split(CLAUSES);
    const kept = clauses.filter((clause) => !DENIES.test(keyOf(clause)) || reader.byName(clause).length > 0);
    if (kept.length === clauses.length) return named;
    const left = reader.inside(kept.join("\n")).named;
    return left.length === 1 ? left : named;
  }

  return {
    kind: "choice",
    parse(typed) {
      const direct = reader.byName(typed);
      const all = direct.length > 0 ? direct : (reader.byNumber(typed) ?? reader.inside(typed).named);
      const read = all.length > 1 ? asserted(typed, all) : all;
      const [value] = read;
      if (value === undefined) return wrong("none-of-these");
      return read.length > 1 ? wrong("several") : right(value);
    },
    find: () => [],
    show,
    masked: show,
  };
}
