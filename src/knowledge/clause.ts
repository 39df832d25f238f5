import type { Localized } from "../reply/locale.ts";

/** What customers ask about; shared by all operators. */
export interface Topic {
  id: string;
  title: Localized;
  /** Whether examples show how customers ask about it. Clauses on one that has none are found by their own words. */
  taught: Readonly<Record<keyof Localized, boolean>>;
}

/** A clause in one language, in our own words. */
export interface ClauseText {
  title: string;
  /** The direct answer, one or two sentences. */
  short: string;
  /** The same in the plainest words. */
  simple: string;
  /** The whole clause, every fact of the source; paragraphs and "- " lists separated by newlines. */
  body: string;
}

/** One section of an operator's policy. */
export interface Clause {
  id: string;
  /** The source's own heading, in the source's language. */
  heading: string;
  /** Ids of the topics it answers, the one it is most about first. */
  topics: readonly string[];
  text: Readonly<Record<"ja" | "en", ClauseText>>;
}
