import type { Locale, Localized } from "./locale.ts";

/** What rendering needs to know of an operator; the knowledge fills it. */
export interface Speaker {
  id: string;
  name: Localized;
  company: Localized;
  contact: {
    clause: string;
    desk?: Localized | undefined;
    telephone?: string | undefined;
    hours?: { from: string; to: string } | undefined;
    address?: Localized | undefined;
  };
  source: {
    title: Localized;
    enacted?: string | undefined;
    revised?: string | undefined;
    prevailing?: Locale | undefined;
  };
  fees: Readonly<Record<string, { yen: number; withTax: number }>>;
  /** A clause's words; undefined for an id that the operator does not have. */
  clause(id: string): SpokenClause | undefined;
  /** The topic that a clause is most about. */
  topicOf(clause: string): string;
  /** The clause that is most about a topic, if the policy speaks of it. */
  clauseAbout(topic: string): string | undefined;
  topicTitle(id: string): Localized | undefined;
  law(key: string): Localized | undefined;
}

export interface SpokenClause {
  id: string;
  heading: string;
  text: Readonly<Record<Locale, { title: string; short: string; simple: string; body: string }>>;
}
