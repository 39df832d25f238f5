import { createHash } from "node:crypto";
import type { Content } from "../../knowledge/content.ts";
import { speakerOf } from "../../knowledge/speaker.ts";
import { LOCALES, type Locale, type Localized } from "../../reply/locale.ts";
import { citationOf } from "../../reply/pieces/citation.ts";
import type { Speaker, SpokenClause } from "../../reply/speaker.ts";
import type { Citation } from "../../reply/words.ts";
import type { ShownCanned, ShownClause } from "./shown.ts";

/** The clauses of the operators served, as agents say and cite them. */
export class Clauses {
  readonly #speakers = new Map<string, Speaker>();
  readonly #canned = new Map<string, ShownCanned[]>();
  readonly #publicUrl: string;

  /** `publicUrl`: without a slash at its end. */
  constructor(
    content: Pick<Content, "operators" | "topics" | "law" | "procedures" | "canned">,
    publicUrl: string,
  ) {
    this.#publicUrl = publicUrl;
    for (const operator of content.operators.values())
      this.#speakers.set(operator.id, speakerOf(operator, content));
    for (const [operator, replies] of content.canned)
      this.#canned.set(
        operator,
        replies.map(({ clause, ...words }) => ({ ...words, clause: this.#both(operator, clause) })),
      );
  }

  /** Undefined for an id that the operator's policy does not have (any more). */
  shown(operator: string, clause: string, locale: Locale): ShownClause | undefined {
    const found = this.#speakers.get(operator)?.clause(clause);
    const cited = this.cite(operator, clause, locale);
    if (!found || !cited) return undefined;
    const { title, url } = cited;
    return { clause, mark: markOf(found), title, text: found.text[locale].short, url };
  }

  cite(operator: string, clause: string, locale: Locale): Citation | undefined {
    const speaker = this.#speakers.get(operator);
    const found = speaker?.clause(clause);
    return speaker && found && citationOf({ speaker, locale, publicUrl: this.#publicUrl }, found);
  }

  /** Our title of it; undefined for an id that the policy does not have (any more). */
  title(operator: string, clause: string): Localized | undefined {
    const found = this.#speakers.get(operator)?.clause(clause);
    return found && { ja: found.text.ja.title, en: found.text.en.title };
  }

  canned(operator: string): readonly ShownCanned[] {
    return this.#canned.get(operator) ?? [];
  }

  #both(operator: string, clause: string | null): ShownCanned["clause"] {
    if (clause === null) return null;
    const [ja, en] = LOCALES.map((locale) => this.shown(operator, clause, locale));
    if (!ja || !en) return null;
    const both = (of: (one: ShownClause) => string): Localized => ({ ja: of(ja), en: of(en) });
    return { clause, mark: ja.mark, title: both(({ title }) => title), url: both(({ url }) => url) };
  }
}

/** Follows from all words of a clause: whoever holds an older one has read another text. */
function markOf({ id, heading, text }: SpokenClause): string {
  const words = LOCALES.map((locale) => {
    const { title, short, simple, body } = text[locale];
    return [title, short, simple, body];
  });
  return createHash("sha256")
    .update(JSON.stringify([id, heading, words]))
    .digest("base64url")
    .slice(0, 22);
}
