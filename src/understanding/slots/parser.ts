import type { Locale } from "../../reply/locale.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Under which circumstances a question is answered. */
export interface Ask {
  locale: Locale;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now: number;
}

/**
 * What came of an answer. `issue` is a key under `slots:<kind>.<issue>` in `locales/`: a sentence that says what would
 * be right.
 */
export type Parsed<T> = { ok: true; value: T } | { ok: false; issue: string };

/** A value inside a longer text; `from` is its first UTF-16 unit, `to` the one after its last. */
export interface Found<T> {
  value: T;
  from: number;
  to: number;
}

/**
 * One kind of answer to a question of a form. Pure; time in proportion to the text; nothing that a person types makes
 * it throw. Only the first `MAX_MESSAGE` units of a text are read.
 */
export interface Parser<T extends Json> {
  /** Name of the kind, and of its sentences in `slots:<kind>`. */
  readonly kind: string;
  /** The whole message as the answer to the question. */
  parse(text: string, ask: Ask): Parsed<T>;
  /**
   * Values of this kind that stand clearly inside a longer text, in order, none over another. Empty when there are
   * none, and for kinds that cannot be told without their question.
   */
  find(text: string, ask: Ask): Found<T>[];
  /** As it is shown back. */
  show(value: T, ask: Pick<Ask, "locale">): string;
  /** What is shown in place of a sensitive value: enough to recognise it. */
  masked(value: T, ask: Pick<Ask, "locale">): string;
}

export const right = <T>(value: T): Parsed<T> => ({ ok: true, value });
export const wrong = (issue: string): Parsed<never> => ({ ok: false, issue });

/** The sentence that belongs to an issue: its key in `locales/`. */
export const issueKey = (kind: string, issue: string): string => `slots:${kind}.${issue}`;
