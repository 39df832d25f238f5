import type { Facts } from "../dialog/form/form.ts";
import type { Content } from "../knowledge/content.ts";
import { createRanker, type Ranker } from "../knowledge/ranking.ts";
import { speakerOf } from "../knowledge/speaker.ts";
import type { Speaker } from "../reply/speaker.ts";
import type { Reader } from "../understanding/reader.ts";
import { deskFactsOf } from "./desk-facts.ts";
import type { DeskFacts, Retention } from "./talk.ts";

/** What is known of one operator. */
export interface Desk {
  speaker: Speaker;
  facts: Facts;
  ranker: Ranker;
  retention: Retention;
  open: DeskFacts;
}

export interface Desks {
  /** Operators served, by id. */
  ids: readonly string[];
  /** Throws for an operator that is not served. */
  of: (id: string) => Desk;
}

/**
 * The desks of the operators that are served, all of `content/` unless told. Throws an error that names the operator
 * which `content/` does not have.
 */
export function createDesks(
  content: Content,
  reader: Pick<Reader, "terms">,
  operators: readonly string[] = [...content.operators.keys()],
): Desks {
  const desks = new Map<string, Desk>();
  for (const id of operators) {
    const operator = content.operators.get(id);
    if (!operator)
      throw new Error(`content/operators has no ${id}; it has ${[...content.operators.keys()].join(", ")}`);
    const speaker = speakerOf(operator, content);
    desks.set(id, {
      speaker,
      facts: factsOf(speaker),
      ranker: createRanker(operator, content.topics, (text, locale) => reader.terms(text, locale)),
      retention: operator.retention,
      open: deskFactsOf(operator),
    });
  }
  return {
    ids: [...desks.keys()],
    of(id) {
      const found = desks.get(id);
      if (!found) throw new Error(`operator not served: ${id}`);
      return found;
    },
  };
}

/** What forms may know of an operator. */
function factsOf({ requests: { guardianBelow } }: Speaker): Facts {
  return guardianBelow === undefined ? {} : { guardianBelow };
}
