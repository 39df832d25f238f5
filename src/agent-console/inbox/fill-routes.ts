import type { FillIn } from "../../handoff/handoff.ts";
import type { Answer } from "../../http/exchange.ts";
import { type AtOperator, atOperator, type ConsoleRoute } from "../route.ts";
import { stepped } from "./answers.ts";
import { AT_DESK, atDesk, CHAT, type InboxOptions, idOf } from "./options.ts";
import * as takes from "./told.ts";

/** A form that an agent fills in, or starts, with the customer. */
export function fillRoutes(options: InboxOptions): ConsoleRoute[] {
  const { desk } = options;

  const fill = async (call: AtOperator, key: string, what: FillIn): Promise<Answer> =>
    stepped(options, await desk.fillIn(atDesk(call), idOf(call), key, what));

  return [
    atOperator({
      method: "POST",
      path: `${CHAT}/fill`,
      roles: AT_DESK,
      trail: "with-its-effect",
      takes: takes.filledIn,
      handle(call, told) {
        const { key, n } = told;
        if ("act" in told) return fill(call, key, { do: told.act, n });
        const { slot } = told;
        const answer =
          "text" in told
            ? ({ do: "answer", text: told.text } as const)
            : ({ do: "choose", values: told.values } as const);
        return fill(call, key, { ...answer, n, slot });
      },
    }),
    atOperator({
      method: "POST",
      path: `${CHAT}/start`,
      roles: AT_DESK,
      trail: "with-its-effect",
      takes: takes.started,
      handle: (call, { key, type }) => fill(call, key, { do: "start", type }),
    }),
  ];
}
