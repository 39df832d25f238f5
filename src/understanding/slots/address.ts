import { readable } from "./answer.ts";
import { type Found, type Parser, right, wrong } from "./parser.ts";

/** Characters of the shortest and the longest address that is kept. */
const LEAST = 5;
const MOST = 300;

const CONTROL = /[\p{Cc}\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]+/gu;
const SPACES = /\s+/g;
const LABEL =
  /^(?:(?:私|わたし|僕|自宅)の)?(?:ご?住所|現住所|自宅|送付先|送り先|宛先)(?:は|が|：|:)[\s、:]{0,9}|^(?:(?:my|the|our)(?: home| current| mailing| postal| new| old)? address(?: is|:)|address:|it'?s|i live (?:at|in)|please send (?:it|them) to)[\s:]{1,9}/i;
const AFTER =
  /[\s、,。.]{0,9}(?:に(?:住んで(?:い)?ます|お願いします|送ってください|郵送してください)|になります|でございます|です|please)[\s。.！!]{0,9}$/i;
const LETTER = /\p{L}/gu;
const NO_ADDRESS = /[@＠<>{}]|https?:/i;

const PREFECTURE =
  "北海道|東京都|(?:京都|大阪)府|(?:青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|神奈川|新潟|富山|石川|福井|山梨|長野|岐阜|静岡|愛知|三重|滋賀|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄)県";
const BEGIN = new RegExp(`(?:〒? ?[\\d０-９]{3}[-－ー‐−]?[\\d０-９]{4}\\s?)?(?:${PREFECTURE})`, "g");
/** Where an address inside a sentence ends. */
const END =
  /[、。，\n\r!！?？「」『』]|です|に(?:住|送|引|お願|転|あ)|から|まで(?!\p{Script=Han})|宛|だった|でし|への?(?=お|送|郵|引|移)|の(?=山|情報|自宅|家)/u;
const CITY = /[市区町村郡]/;
/** Where somebody lives has a place or a number: "both by phone and by letter" has neither. */
const PLACE = new RegExp(`[市区町村郡\\d０-９]|[一二三四五六七八九十]丁目|${PREFECTURE}`, "u");
const BLOCK = /[\d０-９]|[一二三四五六七八九十](?:丁目|番)/;
/** Characters that an address inside a sentence may have. */
const REACH = 120;
const SHOWN = new RegExp(`^(?:〒? ?[\\d-]{7,8}\\s?)?((?:${PREFECTURE})?[^\\s\\d、]{1,6}?[市区町村郡])`);
const SHOWN_LENGTH = 6;

/** A street address in one line as it was typed, of any country; a postal code may stand before it. */
export const address: Parser<string> = {
  kind: "address",
  parse(typed, ask) {
    const line = readable(typed).replace(CONTROL, " ").replace(SPACES, " ").trim();
    const bare = line.replace(LABEL, "").replace(AFTER, "").trim();
    const found = bare.includes("。") ? address.find(bare, ask) : [];
    const value = found.length === 1 && found[0] ? found[0].value : bare;
    if (NO_ADDRESS.test(value)) return wrong("symbols");
    const characters = Array.from(value).length;
    if (characters > MOST) return wrong("too-long");
    const letters = value.match(LETTER)?.length ?? 0;
    const place = PLACE.test(value.normalize("NFKC"));
    return characters < LEAST || letters < 3 || !place ? wrong("too-short") : right(value);
  },
  find(typed) {
    const text = readable(typed);
    const found: Found<string>[] = [];
    for (const match of text.matchAll(BEGIN)) {
      if (match.index < (found.at(-1)?.to ?? 0)) continue;
      const tail = match.index + match[0].length;
      const reach = text.slice(tail, tail + REACH);
      const rest = reach.slice(0, END.exec(reach)?.index).trimEnd();
      if (!CITY.test(rest) || !BLOCK.test(rest)) continue;
      found.push({
        value: (match[0] + rest).replace(SPACES, " "),
        from: match.index,
        to: tail + rest.length,
      });
    }
    return found;
  },
  show: (value) => value,
  masked(value) {
    const place = SHOWN.exec(value.normalize("NFKC"))?.[1];
    return `${place ?? Array.from(value).slice(0, SHOWN_LENGTH).join("")}…`;
  },
};
