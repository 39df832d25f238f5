import type { FillIn } from "../../handoff/handoff.ts";
import type { Cause, Said } from "../../reply/said.ts";
import { current } from "../form-until.ts";
import type { Incoming, Outcome, Talk } from "../talk.ts";
import { createFillIn, type Unfit } from "./fill-in.ts";
import { createInPublic } from "./in-public.ts";
import type { ConversationOptions } from "./options.ts";
import { counterOf, createOutcomes } from "./outcomes.ts";
import { createRoot } from "./root.ts";
import { alone, type Seat } from "./seat.ts";

/** A customer's conversation with the desk, whatever operator's: every turn of it that the bot takes. */
export function createConversation(options: ConversationOptions) {
  const outcomes = createOutcomes(options);
  const { open, place, spoken, aside } = outcomes;
  const reply = createRoot(outcomes, options);
  const inPublic = createInPublic(options);
  const filled = createFillIn(outcomes, options);

  /** Looked for where a person can be offered, in free words: inside a form any may be an answer, a button has its own. */
  const signIn = (
    { moment: { staff } }: Seat,
    talk: Talk,
    { text = "", command }: Incoming,
  ): Cause | undefined => {
    if (!staff || staff.live || open(talk)) return undefined;
    return command === undefined && !options.command(talk, text)
      ? options.signs?.(text, talk.locale)
      : undefined;
  };

  return {
    /** The reply to one message; a form that has lapsed since is told first. */
    async respond(at: Seat, before: Talk, incoming: Incoming): Promise<Outcome> {
      if (incoming.shared) return inPublic(alone(at), before, incoming);
      const { talk, lapsed } = current(before, at.moment.now);
      const sign = signIn(at, talk, incoming);
      const seat = sign ? { ...at, sign } : at;
      const out = await reply(seat, talk, incoming);
      if (!lapsed || out.lookup) return out;
      const expired: Said[] = [{ kind: "told", notes: [{ key: "expired" }] }];
      const [notice] = spoken(seat, talk, expired, out.talk.locale).messages;
      return { ...out, messages: notice ? [notice, ...out.messages] : out.messages };
    },

    /** A person had the chat, and has not any more. Of what was thought of them is asked once in a talk. */
    async returned(seat: Seat, before: Talk, how: "ended" | "left"): Promise<Outcome> {
      const { talk } = current(before, seat.moment.now);
      const survey = how === "ended" && !talk.surveyed;
      const said: Said[] = [{ kind: "desk", says: how, ...(survey ? { survey } : {}) }];
      const out = await aside(seat, talk, said, talk.locale);
      return survey ? { ...out, talk: { ...out.talk, surveyed: true } } : out;
    },

    /** The form that is open, for an agent; undefined when none is. `whole`: sensitive answers, too. */
    async formSoFar(seat: Seat, before: Talk, whole?: boolean) {
      const { talk } = current(before, seat.moment.now);
      if (!open(talk)) return undefined;
      return (await options.procedures()).soFar(counterOf(talk), place(seat, talk.locale), whole);
    },

    /** An agent's part of a form: the outcome, or why it does not fit. */
    async fillIn(seat: Seat, before: Talk, what: FillIn): Promise<Outcome | Unfit> {
      const { talk } = current(before, seat.moment.now);
      return filled(seat, talk, what);
    },
  };
}
