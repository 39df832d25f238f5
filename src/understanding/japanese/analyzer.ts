import { normalize } from "../normalize.ts";
import type { KuromojiTokenizer } from "./dictionary.ts";
import { hiragana, kanaOfRomaji } from "./sound.ts";

/** A word as the features and the index see it. */
export interface JapaneseToken {
  surface: string;
  /** Dictionary form; the surface for unknown words. */
  base: string;
  /** Reading in hiragana; the surface where it is unknown. */
  reading: string;
  /** Whether it carries meaning: noun, verb, adjective, adverb, unknown word. */
  content: boolean;
}

export interface Japanese {
  /** The text that was read: normalized, romaji as kana. */
  text: string;
  tokens: JapaneseToken[];
  /** The whole text as it is read aloud, in hiragana. */
  reading: string;
}

/** Longest piece given to kuromoji at once, in characters: its time grows with the square of an unbroken run. */
const PIECE = 100;
const CONTENT = new Set(["名詞", "動詞", "形容詞", "副詞", "感動詞", "連体詞"]);
const STOP = new Set(
  "する ある いる なる 居る 有る こと もの の ん よう これ それ あれ どれ ここ そこ そちら こちら さん 様 です ます せる れる られる てる くださる 下さる いただく 頂く 教える 思う 言う いう できる 出来る".split(
    " ",
  ),
);

/** Pieces of at most `PIECE` characters, cut behind punctuation or spaces where there are any. */
function* pieces(text: string): Generator<string> {
  for (const sentence of text.split(/(?<=[。、！？!?,.\s])/)) {
    for (let i = 0; i < sentence.length; i += PIECE) yield sentence.slice(i, i + PIECE);
  }
}

/** A Japanese analyzer over a loaded tokenizer. Survives any string; time grows in proportion to the length. */
export function japaneseAnalyzer(tokenizer: KuromojiTokenizer): (text: string) => Japanese {
  return (raw) => {
    const normal = normalize(raw);
    const text = /[a-z]/.test(normal) ? kanaOfRomaji(normal) : normal;
    const tokens: JapaneseToken[] = [];
    let reading = "";
    for (const piece of pieces(text)) {
      for (const t of tokenizer.tokenize(piece)) {
        const surface = t.surface_form;
        if (!/[\p{L}\p{N}]/u.test(surface)) continue;
        const base = t.basic_form === "*" ? surface : t.basic_form;
        const read = t.reading && t.reading !== "*" ? hiragana(t.reading) : hiragana(surface);
        const content = CONTENT.has(t.pos) && t.pos_detail_1 !== "非自立" && !STOP.has(base);
        tokens.push({ surface, base, reading: read, content });
        reading += read;
      }
    }
    return { text, tokens, reading };
  };
}
