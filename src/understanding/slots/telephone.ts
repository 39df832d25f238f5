import { personalIn } from "../personal/find.ts";
import { e164Of, writtenTelephone } from "../personal/telephone.ts";
import { searchable, unframed } from "./answer.ts";
import { type Found, type Parser, right, wrong } from "./parser.ts";

const LABEL =
  /^(?:(?:私|わたし|僕)の)?(?:日中の)?(?:ご?連絡先|電話番号|携帯番号|携帯電話|携帯|電話|番号|自宅|tel|phone)(?:の番号|番号)?(?:は|が|：|:|\.)?[\s、:]{0,9}|^(?:my |the )?(?:(?:tele|mobile |cell ?)?phone|mobile|cell)?(?: ?number)?(?: is|:|'s)[\s:]{1,9}|^(?:it'?s|it is|this is|call me (?:at|on))[\s:]{1,9}/i;
/** Digits with what people put between and before them. */
const NUMBER = /\+?[(（]?\+?\d(?:[\s\-‐‑‒–—―−─━﹣⁃ーｰ・･.()（）_の~〜/]{0,3}\d)*/g;
const GLUED = /\d[A-Za-z]{1,9}\d|[A-Za-z]\d+[A-Za-z]|\d-?[A-Za-z]{1,9}-?\d/;
/** Fewest digits that can be a whole second number. */
const WHOLE = 9;
const digitsIn = (text: string) => text.replace(/\D/g, "");

/** A telephone number, of Japan unless it says otherwise; kept as E.164. */
export const telephone: Parser<string> = {
  kind: "telephone",
  parse(typed, ask) {
    const found = telephone.find(typed, ask);
    if (new Set(found.map(({ value }) => value)).size > 1) return wrong("many");
    const answer = unframed(
      searchable(typed)
        .text.replace(/\s{1,99}/g, " ")
        .trim(),
      LABEL,
    );
    const numbers = [...answer.matchAll(NUMBER)].map(([number]) => number);
    const long = numbers.filter((number) => digitsIn(number).length >= WHOLE);
    const number = long[0] ?? numbers.toSorted((a, b) => b.length - a.length)[0];
    if (number === undefined || (long.length === 0 && GLUED.test(answer))) return wrong("not-a-number");
    // The zero that is dialled within a country alone: +81 (0)90.
    const read = e164Of(number.replace(/(\+\d{1,3} ?)\(0\)/, "$1"));
    if (typeof read !== "string") return right(read.e164);
    // Digits in brackets after a number ("9時以降") are no part of it; those that go on from it may be.
    const [only] = found;
    return only && !/^[\s-]{0,9}[\d０-９]/.test(typed.slice(only.to)) ? right(only.value) : wrong(read);
  },
  find(typed) {
    const { text, offset } = searchable(typed);
    const spans = personalIn(text).filter((span) => span.kind === "telephone");
    const found: Found<string>[] = [];
    for (const { from, to } of spans.sort((a, b) => a.from - b.from)) {
      const begin = /\+\(?$/.exec(text.slice(Math.max(0, from - 2), from))?.[0].length ?? 0;
      const read = e164Of(text.slice(from - begin, to));
      if (typeof read === "string" || offset(from - begin) < (found.at(-1)?.to ?? 0)) continue;
      found.push({ value: read.e164, from: offset(from - begin), to: offset(to) });
    }
    return found;
  },
  show: (value) => writtenTelephone(value),
  masked(value) {
    const groups = writtenTelephone(value).match(/\d+|\D+/g) ?? [];
    const last = groups.findLastIndex((group) => /\d/.test(group));
    const first = groups.findIndex((group) => /\d/.test(group));
    return groups.map((g, i) => (i === last || i === first ? g : g.replace(/\d/g, "*"))).join("");
  },
};
