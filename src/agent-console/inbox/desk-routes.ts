import { ROLES } from "../role.ts";
import { atOperator, type ConsoleRoute } from "../route.ts";
import { AT_DESK, type InboxOptions } from "./options.ts";
import type { ShownCannedReplies, ShownColleagues } from "./shown.ts";
import { nothing } from "./told.ts";

const AT = "/console/api/operators/:operator";
/** Whoever has used the console within this time is there, in milliseconds. */
const HERE_MS = 5 * 60_000;

/** What belongs to a desk as a whole: its people, its ready replies. */
export function deskRoutes({ accounts, sessions, streams, chats, clauses }: InboxOptions): ConsoleRoute[] {
  return [
    atOperator({
      method: "GET",
      path: `${AT}/canned`,
      roles: AT_DESK,
      trail: "nothing",
      takes: nothing,
      handle({ operator }) {
        const body: ShownCannedReplies = { canned: [...clauses.canned(operator)] };
        return { status: 200, body };
      },
    }),
    atOperator({
      method: "GET",
      path: `${AT}/colleagues`,
      roles: ROLES,
      trail: "nothing",
      takes: nothing,
      async handle({ operator, now }) {
        const [used, held] = await Promise.all([sessions.usedSince(now - HERE_MS), chats.held(operator)]);
        const listening = streams.accounts();
        const body: ShownColleagues = {
          colleagues: (await accounts.at(operator)).map(({ id, name, grants }) => {
            const roles = grants[operator] ?? [];
            return {
              id,
              name,
              roles: [...roles],
              here: used.has(id) || listening.has(id),
              chats: held.get(id) ?? 0,
              takes: roles.some((role) => AT_DESK.includes(role)),
            };
          }),
        };
        return { status: 200, body };
      },
    }),
  ];
}
