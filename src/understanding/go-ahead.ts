import type { Locale } from "../reply/locale.ts";
import { normalize } from "./normalize.ts";

/** Longest message, normalized, that is read as one. */
const LONGEST = 40;
const CLOSING = "[\\s。、．.,!ー…]{0,3}$";
const LEAD_JA =
  "(?:はい|ええ|うん|じゃあ|じゃ|それじゃ|それでは|では|なら|それなら|わかりました|分かりました|了解です)";
const THAT_JA = "(?:(?:それ|そちら|そっち|その方向|その手続き|その手続)(?:を|で|も)?)";
const DO_JA =
  "(?:お願い(?:します|いたします|致します|したい|しよう|できますか|)|おねがいします|頼みます|頼む|頼みたい|そうして(?:ください|下さい|ほしい|もらえますか|もらいたい|)|やって(?:ください|下さい|ほしい|もらえますか|もらいたい|)|(?:手続き|申し込み|申込み)?(?:したい|します|進めて|進めてください)|申し込みます|申し込みたい)";
const JA = new RegExp(
  `^(?:${LEAD_JA}[、,\\s]?){0,2}${THAT_JA}?[、,\\s]?${DO_JA}(?:です|のですが|んですが|んですけど|んだけど|な|ね|よ)?${CLOSING}`,
);
const LEAD_EN = "(?:(?:yes|yeah|yep|ok|okay|sure|alright|then|good|fine|well|so|please)[, ]+)";
const EN = new RegExp(
  `^${LEAD_EN}{0,2}(?:go ahead(?: and do (?:it|that|so))?|(?:please )?do (?:it|that|so)|please do|(?:i want|i'd like|i would like|i'd love|let me)(?: you)? to do (?:it|that|so)|(?:i want|i'd like|i would like) (?:it|that)(?: done)?|let's do (?:it|that)|(?:i want|i'd like|i would like) to (?:make|file|submit|start) (?:one|it|that)|i'll do (?:it|that)|count me in)(?:[, ]+(?:then|please|now|for me|right away|thanks|thank you)){0,2}${CLOSING}`,
);

/**
 * "ではお願いします", "go ahead": what was just spoken of is to be done. Any word besides makes it a wish of its own, and
 * a mere "yes" is none: nothing was asked.
 */
export function goesAhead(text: string, locale: Locale): boolean {
  const plain = normalize(text);
  return plain.length <= LONGEST && (locale === "ja" ? JA : EN).test(plain);
}
