import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locale } from "../reply/locale.ts";
import { LOCALES } from "../reply/locale.ts";
import type { Model } from "./classifier.ts";
import type { KuromojiTokenizer } from "./japanese/dictionary.ts";
import { learn } from "./learn.ts";
import { hashOf, modelPath, readModel, writeModel } from "./model-file.ts";
import { createReader, type Reader } from "./reader.ts";
import type { Kin } from "./thesaurus.ts";

/** What the models are made from. */
export interface Lessons {
  utterances: readonly { label: string; locale: Locale; text: string }[];
  concepts: readonly { id: string; words: Readonly<Record<Locale, readonly string[]>> }[];
  /** Fields of meaning for the index; the models do not see them. */
  thesaurus: readonly Kin[];
  /** More English text whose words are known: the clauses. The models do not see it: a new policy needs no training. */
  english: readonly string[];
}

/** The code that decides what a model holds: when it changes, the model is trained again. */
const CODE = [
  "normalize.ts",
  "features.ts",
  "classifier.ts",
  "training.ts",
  "learn.ts",
  "reader.ts",
  "concepts.ts",
  "vocabulary.ts",
  "english/analyzer.ts",
  "japanese/analyzer.ts",
  "japanese/sound.ts",
];

function stamp(lessons: Lessons, locale: Locale): string {
  const code = CODE.map((file) => readFileSync(join(import.meta.dirname, file)));
  const mine = lessons.utterances.filter((u) => u.locale === locale);
  return hashOf([...code, JSON.stringify(mine), JSON.stringify(lessons.concepts)]);
}

export interface Trained {
  reader: Reader;
  models: Readonly<Record<Locale, Model>>;
}

/**
 * The reader and the models of `lessons`: read from `cache` where they were trained from the same content and code,
 * else trained now (seconds) and written there. Without a cache nothing is read or written.
 */
export function trained(
  tokenizer: KuromojiTokenizer,
  lessons: Lessons,
  cache: string | undefined,
  progress: (text: string) => void = () => {},
): Trained {
  const { concepts, thesaurus } = lessons;
  const examples = lessons.utterances.filter((u) => u.locale === "en").map((u) => u.text);
  const models = {} as Record<Locale, Model>;
  let teacher: Reader | undefined;
  for (const locale of LOCALES) {
    const path = cache === undefined ? undefined : modelPath(cache, locale, stamp(lessons, locale));
    let model = path === undefined ? undefined : readModel(path);
    if (!model) {
      const mine = lessons.utterances.filter((u) => u.locale === locale);
      progress(`learning ${locale} from ${mine.length} examples`);
      teacher ??= createReader({ tokenizer, concepts, english: examples });
      model = learn(teacher, locale, mine);
      if (path !== undefined) writeModel(path, model);
    }
    models[locale] = model;
  }
  const reader = createReader({ tokenizer, concepts, thesaurus, english: [...examples, ...lessons.english] });
  return { reader, models };
}
