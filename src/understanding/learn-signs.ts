import type { Locale } from "../reply/locale.ts";
import type { Model } from "./classifier.ts";
import { createIntents } from "./intents.ts";
import type { Labelled } from "./learn.ts";
import type { Reader } from "./reader.ts";
import { signFeatures } from "./sign-features.ts";
import { type Example, exampleOf, train } from "./training.ts";

/** Trains the model of signs of one language. `meant`: the intent model of that language, whose reading it is told. */
export function learnSigns(
  reader: Reader,
  locale: Locale,
  labelled: readonly Labelled[],
  meant: Model,
): Model {
  return train(labelled.flatMap(signExamples(reader, locale, meant)));
}

const KANJI = /[\u4e00-\u9fff]/;

/** What the model learns of a text; Japanese with kanji is learned as it is read aloud, too, as the intents are. */
function signExamples(
  reader: Reader,
  locale: Locale,
  meant: Model,
): (labelled: Labelled) => Example[] {
  const intents = createIntents({ ja: meant, en: meant });
  const exampleIn = (label: string, text: string) => {
    const reading = reader.read(text, locale);
    return {
      reading,
      example: exampleOf(label, signFeatures(text, { reading, intents: intents.of(reading) })),
    };
  };
  return ({ label, text }) => {
    const { reading, example } = exampleIn(label, text);
    if (locale !== "ja" || !KANJI.test(text)) return [example];
    return [example, exampleIn(label, reading.kana).example];
  };
}
