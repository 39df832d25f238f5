import { join } from "node:path";
import { type Content, loadContent } from "../../src/knowledge/content.ts";
import { type KuromojiTokenizer, loadTokenizer } from "../../src/understanding/japanese/dictionary.ts";
import { wordsOf } from "../../src/understanding/known-words.ts";
import { createReader, type Reader } from "../../src/understanding/reader.ts";
import { ROOT } from "./repository.ts";

/** The project's content, checked. */
export const theContent = (): Content => loadContent(join(ROOT, "content"));

/** kuromoji with its dictionary, from the project's cache. */
export const theTokenizer = (): Promise<KuromojiTokenizer> => loadTokenizer(join(ROOT, ".cache"));

/** A reader that knows the words of the project's English examples. */
export async function theReader(): Promise<Reader> {
  const content = theContent();
  return createReader({
    tokenizer: await theTokenizer(),
    concepts: content.concepts,
    english: wordsOf(content.utterances.filter((u) => u.locale === "en").map((u) => u.text)),
  });
}
