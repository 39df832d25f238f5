import type { Locale } from "../reply/locale.ts";
import { type CausePhrases, createCauses } from "./causes.ts";
import type { Model } from "./classifier.ts";
import { createIntents, type Intent } from "./intents.ts";
import { normalize } from "./normalize.ts";
import { type Heard, signFeatures } from "./sign-features.ts";

/** What is no sign of anything has this label, or one that begins with it and a colon. */
export const NO_SIGN = "none";
const isSign = ({ label }: Intent) => label !== NO_SIGN && !label.startsWith(`${NO_SIGN}:`);
/**
 * How sure a model must be that it is a sign at all. Chosen on examples left out of training: it takes less than one of a
 * hundred plain questions for a sign, which costs their customers a sentence.
 */
const SURE = 0.75;
/** Below this even a sure phrase is none, where all is listened to: "what if my data was leaked?" asks, and nothing happened. */
const POSSIBLE = 0.1;

/**
 * What is listened to. `all`: phrases, and whatever a model takes for a sign. `sentences`: phrases, and the model where there
 * are words enough: it has learned nothing of the bits that answer a form's questions. `phrases`: these alone.
 */
export type Heeding = "all" | "sentences" | "phrases";

/** The least letters of a sentence in Japanese, and words in English. A number or an address is part of none. */
const SENTENCE = { ja: 8, en: 4 } as const;

/** What a message is a sign of ("anger", "leak", ...), by its sure phrases, else as learned; undefined: of nothing. */
export function createSigns(
  heard: (text: string, locale: Locale) => Heard,
  models: Readonly<Record<Locale, Model>>,
  phrases: CausePhrases,
): (text: string, locale: Locale, heeding: Heeding) => string | undefined {
  const phraseIn = createCauses(phrases);
  const labels = createIntents(models);
  const learned = (text: string, locale: Locale) => {
    const groups = signFeatures(text, heard(text, locale));
    const signs = labels.of({ locale, groups }).filter(isSign);
    const any = signs.reduce((sum, { probability }) => sum + probability, 0);
    return { any, label: any >= SURE ? signs[0]?.label : undefined };
  };
  return (text, locale, heeding) => {
    const said = phraseIn(text);
    if (heeding === "phrases") return said;
    if (heeding === "sentences")
      return said ?? (isSentence(text, locale) ? learned(text, locale).label : undefined);
    const { any, label } = learned(text, locale);
    return any < POSSIBLE ? undefined : (said ?? label);
  };
}

function isSentence(text: string, locale: Locale): boolean {
  if (/[\d@]/.test(normalize(text))) return false;
  const size = locale === "ja" ? (text.match(/\p{L}/gu) ?? []) : text.split(/\s+/);
  return size.length >= SENTENCE[locale];
}
