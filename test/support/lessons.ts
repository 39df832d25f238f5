import { join } from "node:path";
import { type Content, type Examples, loadContent } from "../../src/knowledge/content.ts";
import { type KuromojiTokenizer, loadTokenizer } from "../../src/understanding/japanese/dictionary.ts";
import { wordsOf } from "../../src/understanding/known-words.ts";
import { createReader, type Reader } from "../../src/understanding/reader.ts";
import { ROOT } from "./repository.ts";

let content: (Content & Examples) | undefined;
let tokenizer: Promise<KuromojiTokenizer> | undefined;
let reader: Promise<Reader> | undefined;

/** The project's content, checked; loaded once for all tests of a process, like what follows. */
export function theContent(): Content & Examples {
  content ??= loadContent(join(ROOT, "content"));
  return content;
}

/** kuromoji with its dictionary, from the project's cache. */
export function theTokenizer(): Promise<KuromojiTokenizer> {
  tokenizer ??= loadTokenizer(join(ROOT, ".cache"));
  return tokenizer;
}

/** A reader that knows the words of the project's English examples. */
export function theReader(): Promise<Reader> {
  reader ??= newReader();
  return reader;
}

async function newReader(): Promise<Reader> {
  const content = theContent();
  return createReader({
    tokenizer: await theTokenizer(),
    concepts: content.concepts,
    english: wordsOf(content.utterances.filter((u) => u.locale === "en").map((u) => u.text)),
  });
}
