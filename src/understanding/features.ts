import type { English } from "./english/analyzer.ts";
import type { Japanese } from "./japanese/analyzer.ts";
import { hiragana, soundOf } from "./japanese/sound.ts";

/**
 * What the linear model reads of a message: named features in groups, so that a weight can be told in words
 * ("w:録音 1.8"). Each group is brought to length one before it is weighed: a long story does not outweigh its words.
 */
export interface FeatureGroup {
  readonly name: string;
  readonly weight: number;
  readonly features: readonly string[];
}

/** Most n-grams that one group gives: a message of 2,000 characters stays cheap. */
const MOST = 1_200;

function grams(text: string, from: number, to: number, prefix: string): string[] {
  const out: string[] = [];
  for (let n = from; n <= to; n++) {
    for (let i = 0; i + n <= text.length && out.length < MOST; i++)
      out.push(`${prefix}${text.slice(i, i + n)}`);
  }
  return [...new Set(out)];
}

function words(list: readonly string[], prefix: string): string[] {
  const out = list.slice(0, 300).map((w) => `${prefix}${w}`);
  for (let i = 0; i + 1 < list.length && i < 300; i++) out.push(`${prefix}${list[i]}_${list[i + 1]}`);
  return [...new Set(out)];
}

/** Words with one or two others between them: "how much ... cost". */
function apart(list: readonly string[], prefix: string): string[] {
  const near = list.slice(0, 300);
  const out = near.flatMap((w, i) =>
    [2, 3].flatMap((d) => (near[i + d] ? [`${prefix}${w}_${near[i + d]}`] : [])),
  );
  return [...new Set(out)];
}

export function japaneseFeatures(input: Japanese, concepts: readonly string[]): FeatureGroup[] {
  const text = `^${hiragana(input.text)
    .replace(/[\s、。,.]+/g, " ")
    .trim()}$`;
  const sound = `^${soundOf(input.reading)}$`;
  return [
    { name: "characters", weight: 0.8, features: grams(text, 1, 4, "c:") },
    {
      name: "words",
      weight: 0.9,
      features: words(
        input.tokens.map((t) => t.base),
        "w:",
      ),
    },
    { name: "readings", weight: 0.9, features: grams(sound, 2, 5, "r:") },
    { name: "concepts", weight: 0.5, features: concepts.map((c) => `g:${c}`) },
  ];
}

export function englishFeatures(input: English, concepts: readonly string[]): FeatureGroup[] {
  const all = input.tokens.map((t) => t.stem);
  const content = input.tokens.filter((t) => t.content).map((t) => t.stem);
  const inside = input.tokens.slice(0, 200).flatMap((t) => grams(` ${t.surface} `, 3, 5, "c:"));
  return [
    { name: "words", weight: 1, features: words(all, "w:") },
    { name: "words apart", weight: 0.5, features: apart(all, "s:") },
    { name: "content words", weight: 0.6, features: words(content, "k:") },
    { name: "characters", weight: 0.8, features: [...new Set(inside)].slice(0, MOST) },
    { name: "concepts", weight: 0.5, features: concepts.map((c) => `g:${c}`) },
  ];
}
