import type { Value } from "./form/form.ts";

/** An address that leaves out the town of its postal code, or a part of it; one in another script stands for itself. */
export function continued(prefix: string | undefined, value: Value): Value {
  if (prefix === undefined || typeof value !== "string" || isLatin(value)) return value;
  if (WHOLE_ADDRESS.test(value)) return value;
  // "丸の内1-8-1" after "東京都千代田区丸の内": what both hold is written once.
  for (let at = 0; at < prefix.length; at += 1)
    if (value.startsWith(prefix.slice(at))) return prefix.slice(0, at) + value;
  return `${prefix}${value}`;
}
/** A block and house number alone: "3-1-1", "3丁目1番". */
export const BLOCK = /^[\d０-９一二三四五六七八九十]+\s?(?:[-－ー‐−の]|丁目|番).*/;
/** "1-8-1 Marunouchi, Chiyoda-ku": the other way round, and whole. */
const isLatin = (address: string): boolean => {
  const at = address.search(/[A-Za-z]{2}/);
  return at >= 0 && address.includes(",", at);
};
const WHOLE_ADDRESS = /^(?:〒?[\d０-９]{3}[-－ー][\d０-９]{4}\s*)?.{2,3}[都道府県]/;
