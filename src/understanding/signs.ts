import type { Locale } from "../reply/locale.ts";
import { type CausePhrases, createCauses } from "./causes.ts";
import type { Model } from "./classifier.ts";
import { createIntents } from "./intents.ts";
import type { Reading } from "./reader.ts";

/** The label of what is no sign of anything. */
export const NO_SIGN = "none";
/**
 * How sure a model must be that it is a sign at all: of a hundred plain questions it then takes one or two for one, which
 * costs their customers a sentence.
 */
const SURE = 0.6;

/** What a message is a sign of ("anger", "leak", ...), by its sure phrases, else as learned; undefined: of nothing. */
export function createSigns(
  read: (text: string, locale: Locale) => Reading,
  models: Readonly<Record<Locale, Model>>,
  phrases: CausePhrases,
): (text: string, locale: Locale) => string | undefined {
  const sure = createCauses(phrases);
  const labels = createIntents(models);
  const learned = (reading: Reading): string | undefined => {
    const signs = labels.of(reading).filter(({ label }) => label !== NO_SIGN);
    const any = signs.reduce((sum, { probability }) => sum + probability, 0);
    return any >= SURE ? signs[0]?.label : undefined;
  };
  return (text, locale) => sure(text) ?? learned(read(text, locale));
}
