import type { Span } from "./kind.ts";

const AT = /@|[([]\s?at\s?[)\]]|アットマーク|アット|あっとまーく|あっと/gi;
const LOCAL = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}$/;
const DOMAIN =
  /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})){0,8}\.[A-Za-z]{2,24}/;
const SPOKEN =
  /(?<![a-z0-9._+-])[a-z0-9][a-z0-9._+-]{0,63} at [a-z0-9-]{1,63}(?: dot [a-z0-9-]{1,63}){0,4} dot (?:com|net|org|info|biz|edu|gov|io|me|jp|uk|de|fr|kr|cn|tw|au|ca)(?![a-z])/gi;
/** Longest address, RFC 5321. */
const REACH = 254;

/** E-mail addresses, also with "(at)", "アットマーク" and "taro at example dot com". */
export function emailsIn(text: string): Span[] {
  const spans: Span[] = [];
  for (const at of text.matchAll(AT)) {
    const end = at.index + at[0].length;
    const before = text.slice(Math.max(0, at.index - 65), at.index).replace(/ $/, "");
    const local = LOCAL.exec(before)?.[0].replace(/^[^A-Za-z0-9]+/, "") ?? "";
    const after = text.slice(end, end + REACH);
    const domain = DOMAIN.exec(after.replace(/^ /, ""))?.[0];
    if (local === "" || domain === undefined) continue;
    const gap = text[at.index - 1] === " " ? 1 : 0;
    const to = end + (after.startsWith(" ") ? 1 : 0) + domain.length;
    spans.push({ from: at.index - gap - local.length, to, kind: "email" });
  }
  for (const found of text.matchAll(SPOKEN))
    spans.push({ from: found.index, to: found.index + found[0].length, kind: "email" });
  return spans;
}
