import { parentPort, workerData } from "node:worker_threads";
import type { Locale } from "../reply/locale.ts";
import type { Model } from "./classifier.ts";
import { loadTokenizer } from "./japanese/dictionary.ts";
import { wordsOf } from "./known-words.ts";
import { learn } from "./learn.ts";
import { learnSigns } from "./learn-signs.ts";
import { createReader } from "./reader.ts";
import type { Lessons } from "./trained.ts";

/** What one language's training is given. */
export interface Training {
  locale: Locale;
  /** Folder in which the dictionary is kept flattened. */
  cache: string;
  lessons: Pick<Lessons, "utterances" | "concepts">;
  /** English text whose words are known; the examples unless told. */
  english?: readonly string[];
  /** The intent model of that language, where the lessons are signs. */
  meant?: Model;
}

/** Trains one language in a thread of its own, so that the languages are learned side by side. */
const { locale, cache, lessons, english: told, meant } = workerData as Training;
const { utterances, concepts } = lessons;
const english = wordsOf(told ?? utterances.filter((u) => u.locale === "en").map((u) => u.text));
const teacher = createReader({ tokenizer: await loadTokenizer(cache), concepts, english });
const mine = utterances.filter((u) => u.locale === locale);
parentPort?.postMessage(meant ? learnSigns(teacher, locale, mine, meant) : learn(teacher, locale, mine));
