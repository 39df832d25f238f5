import { z } from "zod";
import { problem } from "../http/problem.ts";
import type { Ids } from "../ports.ts";
import { entryOf } from "./mount.ts";
import type { Reading } from "./reading.ts";
import { RELEASERS, ROLES } from "./role.ts";
import { atOperator, type ConsoleRoute } from "./route.ts";

const PATH = "/console/api/operators/:operator/permits";

/** Reading more than the limit: one asks, another approves. */
export function permitRoutes({
  reading,
  ids,
  mask,
}: {
  reading: Reading;
  ids: Ids;
  mask: (text: string) => string;
}): ConsoleRoute[] {
  return [
    atOperator({
      method: "GET",
      path: PATH,
      roles: RELEASERS,
      trail: "nothing",
      takes: z.strictObject({}),
      async handle({ operator, session }) {
        const wishes = await reading.wishes(operator);
        const shown = wishes.map(({ account, ...wish }) => ({ ...wish, own: account === session.account }));
        return { status: 200, body: { wishes: shown } };
      },
    }),
    atOperator({
      method: "POST",
      path: PATH,
      roles: ROLES,
      trail: "with-its-effect",
      takes: z.strictObject({ reason: z.string().trim().min(3).max(500) }),
      async handle(call, { reason }) {
        const { session, operator, now } = call;
        const wish = { id: ids.next(), account: session.account, name: session.name, askedAt: now, reason };
        await reading.ask(operator, wish, entryOf(call, "approve", wish.id, `asked: ${reason}`, mask));
        return { status: 200, body: {} };
      },
    }),
    atOperator({
      method: "POST",
      path: `${PATH}/approve`,
      roles: RELEASERS,
      trail: "with-its-effect",
      takes: z.strictObject({ id: z.string().min(1).max(64) }),
      async handle(call, { id }) {
        const audit = entryOf(call, "approve", id, "approved", mask);
        const done = await reading.approve(call.operator, id, call.session.account, call.now, audit);
        return done ? { status: 200, body: {} } : problem("NotFound");
      },
    }),
  ];
}
