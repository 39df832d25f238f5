import type { Locale } from "../reply/locale.ts";
import { gist } from "../understanding/gist.ts";
import type { Intent, Intents } from "../understanding/intents.ts";
import type { Written } from "../understanding/language.ts";
import { MAX_MESSAGE } from "../understanding/normalize.ts";
import type { Reader } from "../understanding/reader.ts";
import type { Desk } from "./desks.ts";
import type { Hearing } from "./hearing.ts";

/** Why the best readings of a message won, for `npm run ask -- --explain`. */
export interface Explanation {
  written: Written;
  intents: Intent[];
  clauses: { clause: string; topic: string; probability: number }[];
  reasons: [feature: string, weight: number][];
}

/** Clauses of an operator for words, apart from any talk. */
export interface ClauseSearch {
  /** Those that answer the words, best first; none where they ask for nothing of ours. */
  find: (desk: Desk, text: string, locale: Locale) => readonly string[];
  explain: (desk: Desk, text: string, locale: Locale) => Explanation;
}

export function createClauseSearch(
  reader: Pick<Reader, "read">,
  intents: Intents,
  { written: writtenIn }: Pick<Hearing, "written">,
): ClauseSearch {
  /** `locale`: the talk's, for words in another language than ours. */
  const read = (text: string, locale: Locale) => {
    const written = writtenIn(text, locale);
    const reading = reader.read(gist(text.slice(0, MAX_MESSAGE)), written === "other" ? locale : written);
    return { written, reading, found: intents.of(reading) };
  };

  return {
    find({ ranker }, text, locale) {
      const { reading, found } = read(text, locale);
      const weighed = ranker.weigh(reading, found);
      const ours = /^(topic|request):/.test(found[0]?.label ?? "") || weighed[0]?.label.startsWith("clause:");
      if (!ours) return [];
      const { clauses } = ranker.rank(reading, weighed);
      return clauses.map(({ clause }) => clause);
    },

    explain({ ranker }, text, locale) {
      const { written, reading, found } = read(text, locale);
      const list = ranker.weigh(reading, found);
      const { clauses } = ranker.rank(reading, list);
      return {
        written,
        intents: list.slice(0, 5),
        clauses: clauses.slice(0, 5),
        reasons: intents.why(reading, list[0]?.label ?? ""),
      };
    },
  };
}
