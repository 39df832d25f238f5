import type { Localized } from "../../reply/locale.ts";
import { visible } from "../register/words.ts";
import type { RatedAgent, RatedAnswer } from "./ratings.ts";
import type { ShownRatings } from "./shown.ts";

/** Reasons on the page. */
const REASONS = 200;
/** Hand-offs that are over are kept so long, in days. */
const KEPT_DAYS = 7;

/** Answers counted by the clause that each stood on first. Pure. */
export function shownAnswers(
  answers: readonly RatedAnswer[],
  cut: boolean,
  titleOf: (clause: string) => Localized | undefined,
): ShownRatings["answers"] {
  const stood = (clause: string | null) => ({
    clause,
    title: clause === null ? null : (titleOf(clause) ?? null),
  });
  const by = new Map<string | null, { up: number; down: number }>();
  for (const { rating, clauses } of answers) {
    const clause = clauses[0] ?? null;
    const counted = by.get(clause) ?? { up: 0, down: 0 };
    counted[rating] += 1;
    by.set(clause, counted);
  }
  return {
    ...summed([...by.values()]),
    cut,
    clauses: [...by]
      .map(([clause, counted]) => ({ ...stood(clause), ...counted }))
      .sort((a, b) => b.down - a.down || b.up - a.up),
    reasons: answers
      .flatMap(({ at, rating, reason, clauses }) =>
        reason ? [{ ...stood(clauses[0] ?? null), at, rating, text: visible(reason) }] : [],
      )
      .slice(0, REASONS),
  };
}

export function shownHandoffs(
  rated: readonly RatedAgent[],
  names: ReadonlyMap<string, string>,
): ShownRatings["handoffs"] {
  return {
    ...summed(rated),
    ended: rated.reduce((sum, { ended }) => sum + ended, 0),
    keptDays: KEPT_DAYS,
    agents: rated.flatMap(({ agent, ...counted }) =>
      agent === null ? [] : [{ id: agent, name: visible(names.get(agent) ?? ""), ...counted }],
    ),
  };
}

const summed = (some: readonly { up: number; down: number }[]) =>
  some.reduce((sum, { up, down }) => ({ up: sum.up + up, down: sum.down + down }), { up: 0, down: 0 });
