import type { RequestType } from "../requests/request-type.ts";
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
  /** What the operator's policy says of requests; what it leaves out is left out. */
  requests: {
    fees?: Readonly<Record<string, { yen: number; withTax: number }>> | undefined;
    /** The age below which its policy asks for a guardian's consent. */
    guardianBelow?: number | undefined;
    /** Papers that it wants to see, a line each. */
    documents?: Readonly<Record<Locale, readonly string[]>> | undefined;
    /** What customers can do by themselves, by request. */
    selfService?: Readonly<Record<string, Localized>> | undefined;
    /** Opt-outs that it promises, by request. */
    promises?: Readonly<Record<string, string>> | undefined;
    /** Our own target for an answer, in business days. */
    targetDays: number;
  };
  /** Days that a saved draft waits. */
  draftDays: number;
  /** What law and practice say of a request; undefined for what files none. */
  procedure(id: RequestType): Procedure | undefined;
  /** A clause's words; undefined for an id that the operator does not have. */
  clause(id: string): SpokenClause | undefined;
  /** The topic that a clause is most about. */
  topicOf(clause: string): string;
  /** The clause that is most about a topic, if the policy speaks of it. */
  clauseAbout(topic: string): string | undefined;
  topicTitle(id: string): Localized | undefined;
  law(key: string): Localized | undefined;
}

export interface Procedure {
  /** The article that it stands on; absent for a wish. */
  article: Localized | null;
  /** Whether the law allows a fee. */
  fee: "allowed" | "none";
  /** When the law lets a company refuse. */
  refusal: Localized | null;
}

export interface SpokenClause {
  id: string;
  heading: string;
  text: Readonly<Record<Locale, { title: string; short: string; simple: string; body: string }>>;
}
