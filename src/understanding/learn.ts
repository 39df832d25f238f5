import type { Locale } from "../reply/locale.ts";
import type { Model } from "./classifier.ts";
import type { Reader } from "./reader.ts";
import { type Example, type TrainingOptions, train } from "./training.ts";

/** A labelled text to learn from. */
export interface Labelled {
  label: string;
  text: string;
}

const KANJI = /[\u4e00-\u9fff]/;

/**
 * Trains the intent model of one language. A Japanese example with kanji is learned twice, as written and as it is
 * read aloud, so that every voice also teaches those who write in kana or romaji.
 */
export function learn(
  reader: Reader,
  locale: Locale,
  labelled: readonly Labelled[],
  options: TrainingOptions = {},
): Model {
  const examples: Example[] = [];
  for (const { label, text } of labelled) {
    const reading = reader.read(text, locale);
    examples.push({ label, groups: reading.groups });
    if (locale === "ja" && KANJI.test(text)) {
      examples.push({ label, groups: reader.read(reading.kana, locale).groups });
    }
  }
  return train(examples, options);
}
