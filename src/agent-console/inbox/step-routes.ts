import type { Stepped } from "../../handoff/desk.ts";
import { problem } from "../../http/problem.ts";
import { WORKERS } from "../role.ts";
import { type AtOperator, atOperator, type ConsoleRoute } from "../route.ts";
import { chatOf, stepped } from "./answers.ts";
import { AT_DESK, atDesk, CHAT, type InboxOptions, idOf } from "./options.ts";
import type { ShownRefusal } from "./shown.ts";
import * as takes from "./told.ts";

/** Who has a chat: taken, given back, passed on, ended; and what agents note to each other. */
export function stepRoutes(options: InboxOptions): ConsoleRoute[] {
  const { desk, accounts } = options;

  const step = (
    name: "claim" | "release" | "transfer" | "end",
    schema: typeof takes.nothing | typeof takes.released | typeof takes.ended,
    act: (call: AtOperator, told: { note?: string; resolution?: string }) => Promise<Stepped>,
  ): ConsoleRoute =>
    atOperator({
      method: "POST",
      path: `${CHAT}/${name}` as const,
      roles: AT_DESK,
      trail: "with-its-effect",
      takes: schema,
      handle: async (call, told) => stepped(options, await act(call, told)),
    });

  return [
    step("claim", takes.nothing, (call) => desk.claim(atDesk(call), idOf(call))),
    step("release", takes.released, (call, { note = "" }) => desk.release(atDesk(call), idOf(call), note)),
    step("end", takes.ended, (call, { resolution = "" }) => desk.end(atDesk(call), idOf(call), resolution)),
    atOperator({
      method: "POST",
      path: `${CHAT}/transfer`,
      roles: AT_DESK,
      trail: "with-its-effect",
      takes: takes.transferred,
      async handle(call, { to, note }) {
        if (!(await chatOf(options, call))) return problem("NotFound");
        const colleague = (await accounts.at(call.operator)).find(({ id }) => id === to);
        const roles = colleague?.grants[call.operator] ?? [];
        if (!colleague || !roles.some((role) => AT_DESK.includes(role)))
          return { status: 422, body: { issue: "nobody" } satisfies ShownRefusal };
        const { id, name } = colleague;
        return stepped(options, await desk.transfer(atDesk(call), idOf(call), { id, name }, note));
      },
    }),
    atOperator({
      method: "POST",
      path: `${CHAT}/notes`,
      roles: WORKERS,
      trail: "with-its-effect",
      takes: takes.noted,
      handle: async (call, { text }) => stepped(options, await desk.note(atDesk(call), idOf(call), text)),
    }),
  ];
}
