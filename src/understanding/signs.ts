import type { Locale } from "../reply/locale.ts";
import { type CausePhrases, createCauses } from "./causes.ts";
import type { Model } from "./classifier.ts";
import { createIntents, type Intent } from "./intents.ts";
import { type Heard, signFeatures } from "./sign-features.ts";

/** What is no sign of anything has this label, or one that begins with it and a colon. */
export const NO_SIGN = "none";
const isSign = ({ label }: Intent) => label !== NO_SIGN && !label.startsWith(`${NO_SIGN}:`);
/**
 * How sure a model must be that it is a sign at all. Chosen on examples left out of training: it takes less than one of a
 * hundred plain questions for a sign, which costs their customers a sentence.
 */
const SURE = 0.75;
/** Below this even a sure phrase is none: "what if my data was leaked?" asks, and nothing happened. */
const POSSIBLE = 0.1;

/** What a message is a sign of ("anger", "leak", ...), by its sure phrases, else as learned; undefined: of nothing. */
export function createSigns(
  heard: (text: string, locale: Locale) => Heard,
  models: Readonly<Record<Locale, Model>>,
  phrases: CausePhrases,
): (text: string, locale: Locale) => string | undefined {
  const phraseIn = createCauses(phrases);
  const labels = createIntents(models);
  return (text, locale) => {
    const groups = signFeatures(text, heard(text, locale));
    const signs = labels.of({ locale, groups }).filter(isSign);
    const any = signs.reduce((sum, { probability }) => sum + probability, 0);
    if (any < POSSIBLE) return undefined;
    return phraseIn(text) ?? (any >= SURE ? signs[0]?.label : undefined);
  };
}
