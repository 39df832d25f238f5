import { z } from "zod";
import type { Accounts } from "../accounts.ts";
import type { Clauses } from "../inbox/clauses.ts";
import { OVERSEERS } from "../role.ts";
import { atOperator, type ConsoleRoute } from "../route.ts";
import type { Ratings } from "./ratings.ts";
import { shownAnswers, shownHandoffs } from "./show.ts";
import type { ShownRatings } from "./shown.ts";

export interface RatingsOptions {
  ratings: Ratings;
  accounts: Accounts;
  clauses: Clauses;
}

/** Rated answers that are looked at. */
const MOST = 2_000;
const DAY_MS = 86_400_000;
const day = z.iso.date();

/** What customers thought, for whoever answers for the desk: words of customers, so each look has its row. */
export function ratingsRoutes({ ratings, accounts, clauses }: RatingsOptions): ConsoleRoute[] {
  return [
    atOperator({
      method: "GET",
      path: "/console/api/operators/:operator/ratings",
      roles: OVERSEERS,
      trail: "list",
      takes: z.strictObject({ from: day, to: day }).refine(({ from, to }) => from <= to),
      async handle({ operator }, { from, to }) {
        const [begin, end] = [midnight(from), midnight(to) + DAY_MS];
        const [answers, handoffs, people] = [
          await ratings.answers(operator, begin, end, MOST + 1),
          await ratings.handoffs(operator, begin, end),
          await accounts.at(operator),
        ];
        const body: ShownRatings = {
          from,
          to,
          answers: shownAnswers(answers.slice(0, MOST), answers.length > MOST, (id) =>
            clauses.title(operator, id),
          ),
          handoffs: shownHandoffs(handoffs, new Map(people.map(({ id, name }) => [id, name]))),
        };
        return { status: 200, body };
      },
    }),
  ];
}

const midnight = (on: string): number => Date.parse(`${on}T00:00:00+09:00`);
