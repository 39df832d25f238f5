import type { Locale } from "../reply/locale.ts";
import { hiragana, soundOf } from "./japanese/sound.ts";

/** Words of a concept, as `content/glossary.yaml` lists them. */
interface ConceptWords {
  id: string;
  words: Readonly<Record<Locale, readonly string[]>>;
}

interface Needle {
  id: string;
  text: string;
}

/** Shortest sound that is looked for: shorter ones turn up inside other words. */
const SOUND_LENGTH = 4;

/** Finds the concepts of the glossary in a message, by spelling and, in Japanese, by sound. */
export interface ConceptFinder {
  japanese(text: string, reading: string): string[];
  english(words: readonly string[]): string[];
}

/** `readingOf` gives a Japanese word's reading in hiragana, `stemsOf` an English phrase's stems. */
export function conceptFinder(
  concepts: readonly ConceptWords[],
  readingOf: (word: string) => string,
  stemsOf: (phrase: string) => string[],
): ConceptFinder {
  const spelled: Needle[] = [];
  const sounded: Needle[] = [];
  const phrases: Needle[] = [];
  for (const { id, words } of concepts) {
    for (const w of words.ja) {
      spelled.push({ id, text: hiragana(w.toLowerCase()) });
      const sound = soundOf(readingOf(w));
      if (sound.length >= SOUND_LENGTH) sounded.push({ id, text: sound });
    }
    for (const w of words.en) phrases.push({ id, text: ` ${stemsOf(w).join(" ")} ` });
  }
  return {
    japanese(text, reading) {
      const found = new Set<string>();
      const plain = hiragana(text);
      const sound = soundOf(reading);
      for (const n of spelled) if (plain.includes(n.text)) found.add(n.id);
      for (const n of sounded) if (sound.includes(n.text)) found.add(n.id);
      return [...found];
    },
    english(stems) {
      const text = ` ${stems.join(" ")} `;
      const found = new Set<string>();
      for (const n of phrases) if (text.includes(n.text)) found.add(n.id);
      return [...found];
    },
  };
}
