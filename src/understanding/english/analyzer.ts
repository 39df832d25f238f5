import { stemmer } from "stemmer";
import { normalize } from "../normalize.ts";

export interface EnglishToken {
  surface: string;
  stem: string;
  content: boolean;
}

export interface English {
  text: string;
  tokens: EnglishToken[];
}

const STOP = new Set(
  "a an the i im i'm you your u ur my me we us our they them their he she his her it its is are was were be been am do does did doing done have has had having will would shall should may might must to of in on at for from by with as and or but if then than so that this these those there here what which who whom whose how when where why please kindly just really some any about into over under out up down can could dont don't not no".split(
    " ",
  ),
);
const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:wont|won't)\b/g, "will not"],
  [/\b(?:cant|can't|cannot)\b/g, "can not"],
  [/\b(do|does|did|is|are|was|were|have|has|had|should|would|could)n'?t\b/g, "$1 not"],
  [/\b(i|you|we|they|it|he|she|that|what|who|there)'(?:m|re|s|ve|ll|d)\b/g, "$1"],
  [/\bu\b/g, "you"],
  [/\bur\b/g, "your"],
  [/\b(?:pls|plz)\b/g, "please"],
  [/\binfo\b/g, "information"],
  [/\bi\.?d\.?\b/g, "id"],
  [/\be-?mails?\b/g, "email"],
];

/** Splits normalized English into words with their stems. Survives any string. */
export function analyzeEnglish(raw: string): English {
  let text = normalize(raw);
  for (const [pattern, to] of CONTRACTIONS) text = text.replace(pattern, to);
  const tokens: EnglishToken[] = [];
  for (const match of text.matchAll(/[\p{L}\p{N}]+(?:'[\p{L}]+)?/gu)) {
    const surface = match[0].slice(0, 40);
    const stem = /^[a-z]+$/.test(surface) ? stemmer(surface) : surface;
    tokens.push({ surface, stem, content: !STOP.has(surface) });
  }
  return { text, tokens };
}
