import { askCode, type CodeTurn, giveCode, leaveCode } from "../../dialog/identity.ts";
import type { Outcome, Talk } from "../talk.ts";
import type { ConversationOptions } from "./options.ts";
import type { Outcomes } from "./outcomes.ts";
import type { Seat } from "./seat.ts";

export type MailedCode = ReturnType<typeof createMailedCode>;

/** The talk about a code by e-mail, for the request that was shown last. */
export function createMailedCode(
  { open, aside, spoken }: Outcomes,
  { mails }: Pick<ConversationOptions, "mails">,
) {
  const told = (seat: Seat, talk: Talk, turn: CodeTurn): Outcome => {
    const { lookup, said, changes, offered } = turn;
    if (lookup) return { talk, messages: [], lookup };
    const { code: _, ...before } = talk;
    const out = spoken(seat, offered ? { ...before, code: offered } : before, said, talk.locale);
    return { ...out, ...(changes ? { changes } : {}) };
  };

  return {
    /** A code is asked for. A button of another request than the last one shown says so, and sends nothing. */
    ask(seat: Seat, talk: Talk, receipt: string | undefined): Outcome | Promise<Outcome> {
      const { code: offered } = talk;
      const wanted = receipt ?? offered?.receipt ?? "";
      if (open(talk))
        return aside(seat, talk, [{ kind: "code", step: "form", receipt: wanted }], talk.locale);
      if (!mails || !offered || offered.receipt !== wanted)
        return spoken(seat, talk, [{ kind: "code", step: "no", receipt: wanted }], talk.locale);
      return told(seat, talk, askCode(offered, seat.moment));
    },

    /** The code that is awaited was typed; undefined when the words are none. */
    given(seat: Seat, talk: Talk, text: string): Outcome | undefined {
      const turn = talk.code?.awaits && giveCode(talk.code, text, seat.moment);
      return turn ? told(seat, talk, turn) : undefined;
    },

    /** The code that is awaited is left alone; undefined when none is. */
    left(seat: Seat, talk: Talk): Outcome | undefined {
      return talk.code?.awaits ? told(seat, talk, leaveCode(talk.code)) : undefined;
    },
  };
}
