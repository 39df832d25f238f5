import type { Locale } from "../reply/locale.ts";
import type { Model } from "./classifier.ts";
import type { Reader } from "./reader.ts";
import { type Example, exampleOf, type TrainingOptions, train } from "./training.ts";

/** A labelled text to learn from. */
export interface Labelled {
  label: string;
  text: string;
}

const KANJI = /[\u4e00-\u9fff]/;

/**
 * What the model learns of one labelled text. Japanese with kanji is learned twice, as written and as it is read
 * aloud, so that every voice also teaches those who write in kana or romaji.
 */
export function examplesOf(reader: Reader, locale: Locale, { label, text }: Labelled): Example[] {
  const reading = reader.read(text, locale);
  const written = exampleOf(label, reading.groups);
  if (locale !== "ja" || !KANJI.test(text)) return [written];
  return [written, exampleOf(label, reader.read(reading.kana, locale).groups)];
}

/** Trains the intent model of one language. */
export function learn(
  reader: Reader,
  locale: Locale,
  labelled: readonly Labelled[],
  options: TrainingOptions = {},
): Model {
  return train(
    labelled.flatMap((l) => examplesOf(reader, locale, l)),
    options,
  );
}
