import type { Locale } from "../reply/locale.ts";
import { type CausePhrases, createCauses } from "./causes.ts";
import type { Model } from "./classifier.ts";
import { createIntents } from "./intents.ts";
import { normalize } from "./normalize.ts";
import type { Reading } from "./reader.ts";

/** The label of what is no sign of anything. */
export const NO_SIGN = "none";
/**
 * How sure a model must be that it is a sign at all: of a hundred plain questions it then takes one or two for one, which
 * costs their customers a sentence.
 */
const SURE = 0.6;

/**
 * What is listened to. `all`: phrases, and whatever a model takes for a sign. `sentences`: phrases, and the model where there
 * are words enough: it has learned nothing of the bits that answer a form's questions. `phrases`: these alone.
 */
export type Heeding = "all" | "sentences" | "phrases";

/** The least letters of a sentence in Japanese, and words in English. A number or an address is part of none. */
const SENTENCE = { ja: 8, en: 4 } as const;

/** What a message is a sign of ("anger", "leak", ...), by its sure phrases, else as learned; undefined: of nothing. */
export function createSigns(
  read: (text: string, locale: Locale) => Reading,
  models: Readonly<Record<Locale, Model>>,
  phrases: CausePhrases,
): (text: string, locale: Locale, heeding: Heeding) => string | undefined {
  const sure = createCauses(phrases);
  const labels = createIntents(models);
  const learned = (reading: Reading): string | undefined => {
    const signs = labels.of(reading).filter(({ label }) => label !== NO_SIGN);
    const any = signs.reduce((sum, { probability }) => sum + probability, 0);
    return any >= SURE ? signs[0]?.label : undefined;
  };
  return (text, locale, heeding) => {
    const said = sure(text);
    if (said !== undefined || heeding === "phrases") return said;
    return heeding === "all" || isSentence(text, locale) ? learned(read(text, locale)) : undefined;
  };
}

function isSentence(text: string, locale: Locale): boolean {
  if (/[\d@]/.test(normalize(text))) return false;
  const size = locale === "ja" ? (text.match(/\p{L}/gu) ?? []) : text.split(/\s+/);
  return size.length >= SENTENCE[locale];
}
