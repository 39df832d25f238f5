import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Locale } from "../reply/locale.ts";
import { LOCALES } from "../reply/locale.ts";
import type { Model } from "./classifier.ts";
import type { KuromojiTokenizer } from "./japanese/dictionary.ts";
import { type KnownWords, wordsOf } from "./known-words.ts";
import type { Training } from "./learn-worker.ts";
import { hashOf, keptPath, readKept, writeKept } from "./model-file.ts";
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
  "known-words.ts",
  "concepts.ts",
  "vocabulary.ts",
  "english/analyzer.ts",
  "japanese/analyzer.ts",
  "japanese/sound.ts",
];

/** What decides besides what a model of signs holds. */
const SIGNS_CODE = ["sign-features.ts", "learn-signs.ts", "intents.ts"];

const bytesOf = ({ buffer, byteOffset, byteLength }: Int8Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);
const signsCode = () => SIGNS_CODE.map((file) => readFileSync(join(import.meta.dirname, file)));
const code = () => CODE.map((file) => readFileSync(join(import.meta.dirname, file)));

function stamp(lessons: Lessons, locale: Locale): string {
  const mine = lessons.utterances.filter((u) => u.locale === locale);
  return hashOf([...code(), JSON.stringify(mine), JSON.stringify(lessons.concepts)]);
}

export interface Trained {
  reader: Reader;
  models: Readonly<Record<Locale, Model>>;
}

/**
 * The reader and the models of `lessons`: read from `cache` where they were trained from the same content and code,
 * else trained now (the languages side by side, a minute or two) and written there. Without `keep` no model is read or
 * written. `cache`: where the dictionary is kept, too.
 */
export async function trained(
  tokenizer: KuromojiTokenizer,
  lessons: Lessons,
  cache: string,
  keep: boolean,
  progress: (text: string) => void = () => {},
): Promise<Trained> {
  const { concepts, thesaurus, utterances } = lessons;
  const modelOf = async (locale: Locale): Promise<Model> => {
    const path = keptPath(cache, "model", locale, stamp(lessons, locale));
    const kept = keep ? readKept<Model>(path) : undefined;
    if (kept) return kept;
    progress(`learning ${locale} from ${utterances.filter((u) => u.locale === locale).length} examples`);
    const model = await learnApart({ locale, cache, lessons: { utterances, concepts } });
    if (keep) writeKept(path, model);
    return model;
  };
  const models = await Promise.all(LOCALES.map(modelOf));
  const examples = utterances.filter((u) => u.locale === "en").map((u) => u.text);
  const english = knownWords([...examples, ...lessons.english], cache, keep);
  const reader = createReader({ tokenizer, concepts, thesaurus, english });
  return {
    reader,
    models: Object.fromEntries(LOCALES.map((locale, i) => [locale, models[i]])) as Record<Locale, Model>,
  };
}

/** The code that decides which words a text has. */
const WORDS_CODE = ["normalize.ts", "english/analyzer.ts", "known-words.ts"];

function knownWords(texts: readonly string[], cache: string, keep: boolean): KnownWords {
  if (!keep) return wordsOf(texts);
  const code = WORDS_CODE.map((file) => readFileSync(join(import.meta.dirname, file)));
  const path = keptPath(cache, "words", "en", hashOf([...code, texts.join("\n")]));
  const kept = readKept<KnownWords>(path);
  if (kept) return kept;
  const words = wordsOf(texts);
  writeKept(path, words);
  return words;
}

/**
 * The models that know signs (of anger, of a leak, ...), kept in `cache` as those above; learned in some seconds.
 * `signs`: lines by what they are a sign of. `meant`: the intent models, whose reading of a message is told to these.
 * `english`: text whose words are known.
 */
export async function trainedSigns(
  signs: Lessons["utterances"],
  { concepts }: Pick<Lessons, "concepts">,
  meant: Trained["models"],
  english: readonly string[],
  cache: string,
): Promise<Readonly<Record<Locale, Model>>> {
  const modelOf = async (locale: Locale): Promise<Model> => {
    const utterances = signs.filter((sign) => sign.locale === locale);
    const known = locale === "en" ? english : [];
    const path = keptPath(
      cache,
      "signs",
      locale,
      hashOf([
        ...code(),
        ...signsCode(),
        bytesOf(meant[locale].weights),
        JSON.stringify([utterances, concepts, known]),
      ]),
    );
    const kept = readKept<Model>(path);
    if (kept) return kept;
    const model = await learnApart({
      locale,
      cache,
      lessons: { utterances, concepts },
      english: known,
      meant: meant[locale],
    });
    writeKept(path, model);
    return model;
  };
  const models = await Promise.all(LOCALES.map(modelOf));
  return Object.fromEntries(LOCALES.map((locale, i) => [locale, models[i]])) as Record<Locale, Model>;
}

function learnApart(training: Training): Promise<Model> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./learn-worker.ts", import.meta.url), { workerData: training });
    worker.once("message", resolve).once("error", reject);
  });
}
