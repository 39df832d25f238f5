import { slotOf } from "../../dialog/form/path.ts";
import type { FillIn, FormSoFar } from "../../handoff/handoff.ts";
import { type Locale, localeOf } from "../../reply/locale.ts";
import type { Cause, Notice, Said } from "../../reply/said.ts";
import type { Speaker } from "../../reply/speaker.ts";
import { parseCommand } from "../../understanding/command.ts";
import { current } from "../form-until.ts";
import type { Aside, Incoming, Outcome, Talk } from "../talk.ts";
import { chosen } from "./chosen.ts";
import { createFillIn, type Unfit } from "./fill-in.ts";
import { createFormSoFar } from "./form-so-far.ts";
import { createInPublic } from "./in-public.ts";
import type { ConversationOptions } from "./options.ts";
import { createOutcomes } from "./outcomes.ts";
import { createRoot } from "./root.ts";
import { alone, type Seat, withSign } from "./seat.ts";
import { upsetIn } from "./upset.ts";

const DEFAULT: Locale = "ja";

/** A customer's conversation with the desk, whatever operator's: every turn of it that the bot takes. */
export function createConversation(options: ConversationOptions) {
  const outcomes = createOutcomes(options);
  const { open, spoken, aside } = outcomes;
  const reply = createRoot(outcomes, options);
  const inPublic = createInPublic(outcomes, options);
  const upset = upsetIn(options.signs);
  const filled = createFillIn(outcomes, options);
  const formSoFar = createFormSoFar(outcomes, options);

  const notice = (speaker: Speaker, talk: Talk, notice: Notice): Outcome =>
    spoken({ speaker }, talk, [{ kind: "notice", notice }], talk.locale);

  /** Looked for where a person can be offered, in free words: a button has its own. */
  const signIn = (
    { moment: { staff } }: Seat,
    talk: Talk,
    { text = "", command }: Incoming,
  ): Cause | undefined => {
    if (!staff || staff.live || command !== undefined) return undefined;
    if (chosen(talk, text) || options.typed(text)) return undefined;
    const { locale } = talk;
    const form = open(talk);
    if (!form) return options.signs?.(text, locale, "all");
    const sign = upset.sign({ slot: slotOf(form.form, form.state.asking), text, locale });
    return sign && talk.offered?.includes(sign) ? undefined : sign;
  };

  return {
    /** Greeting and notice, in the language of the channel or the line. */
    opening(speaker: Speaker, { locale, shared }: Incoming): Outcome {
      return notice(speaker, { locale: localeOf(locale) ?? DEFAULT }, shared ? "shared-opening" : "opening");
    },

    /** A short greeting; what is remembered stays as it is. */
    reopened(speaker: Speaker, talk: Talk): Outcome {
      const { messages } = notice(speaker, talk, "again");
      return { talk, messages };
    },

    /** The reply to one message; a form that has lapsed since is told first. */
    async respond(at: Seat, before: Talk, incoming: Incoming): Promise<Outcome> {
      if (incoming.shared) return inPublic(alone(at), before, incoming);
      const { talk, lapsed } = current(before, at.moment.now);
      const sign = signIn(at, talk, incoming);
      const seat = withSign(at, sign);
      const out = await reply(seat, talk, incoming);
      if (!lapsed || out.lookup) return out;
      const expired: Said[] = [{ kind: "told", notes: [{ key: "expired" }] }];
      const [told] = spoken(seat, talk, expired, out.talk.locale).messages;
      return { ...out, messages: told ? [told, ...out.messages] : out.messages };
    },

    /** What words or a button mean while a person has the chat; undefined: they are for the person. */
    aside(talk: Talk, { command: value, text }: Incoming): Aside | undefined {
      const pressed = value === undefined ? undefined : parseCommand(value);
      const typed = text === undefined ? undefined : (chosen(talk, text) ?? options.typed(text));
      const command = pressed ?? typed;
      if (command?.do === "own-chat") return { do: "own-chat" };
      if (command?.do === "form" && command.n === talk.assisted) return { do: "form" };
      return command?.do === "leave" || command?.do === "language" ? command : undefined;
    },

    /** A person had the chat, and has not any more. Of what was thought of them is asked once in a talk. */
    async returned(seat: Seat, before: Talk, how: "ended" | "left"): Promise<Outcome> {
      const { talk } = current(before, seat.moment.now);
      const survey = how === "ended" && !talk.surveyed;
      const said: Said[] = [{ kind: "desk", says: how, ...(survey ? { survey } : {}) }];
      const out = await aside(seat, talk, said, talk.locale);
      return survey ? { ...out, talk: { ...out.talk, surveyed: true } } : out;
    },

    /** The form that is open, for an agent; null when none is. `whole`: sensitive answers, too. */
    async formSoFar(seat: Seat, before: Talk, whole?: boolean): Promise<FormSoFar | null> {
      return formSoFar(seat, current(before, seat.moment.now).talk, whole);
    },

    /** An agent's part of a form: the outcome, or why it does not fit. */
    async fillIn(seat: Seat, before: Talk, what: FillIn): Promise<Outcome | Unfit> {
      return filled(seat, current(before, seat.moment.now).talk, what);
    },
  };
}
