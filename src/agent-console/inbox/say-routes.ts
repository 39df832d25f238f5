import type { Said } from "../../handoff/desk.ts";
import type { Answer } from "../../http/exchange.ts";
import { problem } from "../../http/problem.ts";
import { atOperator, type ConsoleRoute } from "../route.ts";
import { chatOf, refused } from "./answers.ts";
import { AT_DESK, atDesk, CHAT, type InboxOptions, idOf } from "./options.ts";
import { shownLines } from "./show.ts";
import type { ShownRefusal, ShownSaid } from "./shown.ts";
import * as takes from "./told.ts";

/** What an agent says to the customer, and that they write or have read. */
export function sayRoutes(options: InboxOptions): ConsoleRoute[] {
  const { desk, chats, clauses, texts, forms } = options;

  return [
    atOperator({
      method: "POST",
      path: `${CHAT}/say`,
      roles: AT_DESK,
      trail: "with-its-effect",
      takes: takes.said,
      async handle(call, { key, text, cites }) {
        const by = atDesk(call);
        if (!cites) return said(await desk.say(by, idOf(call), key, text));
        const [chat] = await chats.lines([idOf(call)]);
        if (!chat || chat.operator !== call.operator) return problem("NotFound");
        const clause = clauses.shown(call.operator, cites.clause, chat.locale);
        const citation = clauses.cite(call.operator, cites.clause, chat.locale);
        if (!clause || !citation)
          return { status: 422, body: { issue: "clause-unknown" } satisfies ShownRefusal };
        if (clause.mark !== cites.mark)
          return { status: 409, body: { issue: "clause-changed", clause } satisfies ShownRefusal };
        return said(await desk.say(by, idOf(call), key, text, citation));
      },
    }),
    atOperator({
      method: "POST",
      path: `${CHAT}/typing`,
      roles: AT_DESK,
      trail: "nothing",
      takes: takes.nothing,
      async handle(call) {
        await desk.typing(atDesk(call), idOf(call));
        return (await chatOf(options, call)) ? { status: 200, body: {} } : problem("NotFound");
      },
    }),
    atOperator({
      method: "POST",
      path: `${CHAT}/read`,
      roles: AT_DESK,
      trail: "nothing",
      takes: takes.readUpTo,
      async handle(call, { seq }) {
        await desk.read(atDesk(call), idOf(call), seq);
        return (await chatOf(options, call)) ? { status: 200, body: {} } : problem("NotFound");
      },
    }),
  ];

  function said(done: Said): Answer {
    if (done.kind === "said") {
      const [line] = shownLines({ texts, locale: "ja", forms, mask: (text) => text, reader: "" }, [
        done.line,
      ]);
      return line ? { status: 200, body: { line } satisfies ShownSaid } : problem("NotFound");
    }
    return done.kind === "done" ? problem("NotFound") : refused(done);
  }
}
