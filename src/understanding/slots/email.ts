import { domainToASCII, domainToUnicode } from "node:url";
import { emailsIn } from "../personal/email.ts";
import { answerOf, searchable, unframed } from "./answer.ts";
import { type Found, type Parsed, type Parser, right, wrong } from "./parser.ts";

const LABEL =
  /^(?:(?:私|わたし|僕)の)?(?:連絡先の)?(?:e-?mail ?|イー?)?(?:メール ?アドレス|メルアド|メアド|メール|アドレス)(?:は|が|：|:)?[\s、:]{0,9}|^(?:my |the )?(?:e-?mail|mail)?(?: ?address)?(?: is|:|'s)[\s:]{1,9}|^(?:it'?s|it is|this is|use|send it to|write to)[\s:]{1,9}/i;
/** What an address may be spelled with when it is dictated. */
const SPOKEN_AT = /\s?(?:[([]\s?at\s?[)\]]|アットマーク|あっとまーく|アット|あっと)\s?|\sat\s/i;
const SPOKEN_DOT = /\s?(?:[([]\s?dot\s?[)\]]|ドット|どっと)\s?|\sdot\s/gi;
/** WHATWG HTML, "valid e-mail address": what stands before the @. Some carriers gave addresses with two dots or a last one. */
const LOCAL = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,400}$/;
const LOCAL_SPACED = /^[A-Za-z0-9._+-]{1,64}(?: [A-Za-z0-9._+-]{1,64}){1,3} ?$/;
/** Words after which an address begins, so that a space before it parts nothing. */
const BEFORE =
  /(?:^|[^A-Za-z])(?:is|at|to|use|via|address|e-?mail|mail|me|ok|yes|please|it's|my|on|by)[:,]? ?$/i;
const DOMAIN = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})(?:\.[\p{L}\p{N}][\p{L}\p{N}-]{0,62}){0,126}/u;
const ENDING = /\.(?:[A-Za-z]{2,63}|xn--[a-z0-9-]{1,59}|[^\P{L}A-Za-z]{2,63})$/u;
/** Beside an address that is only a part of something else. */
const GLUE_BEFORE = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.@-]$/;
const GLUE_AFTER = /^[A-Za-z0-9@_]/;
/** Longest local part and address, RFC 5321, 4.5.3.1. */
const MOST_LOCAL = 64;
const MOST = 254;

/** Puts the first "アットマーク" or "(at)" and the dots after it into signs. */
function signsOf(text: string): string {
  const at = SPOKEN_AT.exec(text);
  if (!at) return text;
  const after = text.slice(at.index + at[0].length).replace(SPOKEN_DOT, ".");
  return `${text.slice(0, at.index).replace(SPOKEN_DOT, ".")}@${after}`;
}

/** The domain that a text begins with, Latin letters cut off from Japanese ones that follow: "b.jpです". */
function domainAt(text: string): string {
  const domain = DOMAIN.exec(text)?.[0] ?? "";
  const last = domain.lastIndexOf(".") + 1;
  const latin = last === 0 ? undefined : /^[A-Za-z]{2,63}(?=[^A-Za-z0-9-])/.exec(domain.slice(last))?.[0];
  return latin === undefined ? domain : domain.slice(0, last) + latin;
}

function addressIn(text: string): Parsed<string> {
  const at = text.indexOf("@");
  const before = text.slice(0, at).replace(/ $/, "");
  const local = LOCAL.exec(before)?.[0] ?? "";
  const after = text.slice(at + 1).replace(/^ /, "");
  const domain = domainAt(after);
  if (local === "") return wrong(before === "" ? "no-name" : "letters");
  if (domain === "") return wrong("no-domain");
  if (LOCAL_SPACED.test(before) && !BEFORE.test(before.slice(0, before.length - local.length)))
    return wrong("space");
  if (local.length > MOST_LOCAL) return wrong("too-long");
  const rest = after.slice(domain.length);
  if (!ENDING.test(domain)) {
    if (/^\.? [A-Za-z0-9.-]*\.[A-Za-z]|^ \. ?[A-Za-z]|^\. [A-Za-z]/.test(rest)) return wrong("space");
    return wrong(/^[_@]/.test(rest) ? "letters" : "no-domain");
  }
  // Cut off in the middle: a label of more than 63 letters, or too many of them.
  if (/^\.?[A-Za-z0-9-]/.test(rest)) return wrong("too-long");
  if (/^[_/=+]/.test(rest)) return wrong("letters");
  if (/^ \.[A-Za-z]/.test(rest)) return wrong("space");
  const ascii = domainToASCII(domain.toLowerCase());
  if (ascii === "") return wrong("letters");
  const value = `${local}@${ascii}`;
  return value.length > MOST ? wrong("too-long") : right(value);
}

/** An e-mail address by the rule of WHATWG HTML; kept with its domain in ASCII. */
export const email: Parser<string> = {
  kind: "email",
  parse(typed) {
    const plain = answerOf(typed).replace(/^mailto:/i, "");
    const answer = plain.includes("@") ? plain : signsOf(plain);
    const signs = answer.split("@").length - 1;
    if (signs === 0) return wrong("no-at");
    if (signs > 1) {
      const one = /@\s?@/.test(answer) || !/@[^@]*[^@A-Za-z0-9.+_-][^@]*@/.test(answer);
      return wrong(one ? "letters" : "many");
    }
    return addressIn(unframed(answer, LABEL));
  },
  find(typed) {
    const { text, offset } = searchable(typed);
    const found: Found<string>[] = [];
    for (const { from, to } of emailsIn(text).sort((a, b) => a.from - b.from)) {
      const alone =
        !GLUE_BEFORE.test(text.slice(Math.max(0, from - 1), from)) && !GLUE_AFTER.test(text.slice(to));
      const read = addressIn(signsOf(text.slice(from, to)));
      if (!alone || !read.ok || offset(from) < (found.at(-1)?.to ?? 0)) continue;
      found.push({ value: read.value, from: offset(from), to: offset(to) });
    }
    return found;
  },
  show(value) {
    const at = value.lastIndexOf("@");
    return `${value.slice(0, at)}@${domainToUnicode(value.slice(at + 1))}`;
  },
  masked(value, ask) {
    const shown = email.show(value, ask);
    return `${shown.slice(0, 1)}***${shown.slice(shown.lastIndexOf("@"))}`;
  },
};
