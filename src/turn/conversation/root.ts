import { type Command, parseCommand } from "../../understanding/command.ts";
import { gist } from "../../understanding/gist.ts";
import { MAX_MESSAGE, normalize } from "../../understanding/normalize.ts";
import type { Incoming, Outcome, Talk } from "../talk.ts";
import { createActs } from "./acts.ts";
import { createCallBack } from "./call-back.ts";
import { chosen } from "./chosen.ts";
import { isDeskCommand, isTimely } from "./desk-acts.ts";
import { DIGRESSION_SURE } from "./digression.ts";
import { createInForm } from "./in-form.ts";
import { createMailedCode } from "./mailed-code.ts";
import type { ConversationOptions } from "./options.ts";
import { counterOf, type Outcomes } from "./outcomes.ts";
import type { Seat } from "./seat.ts";

/**
 * The root of every turn: a button, a command, a correction, an answer to the open question, a request, a question,
 * small talk; the first that fits. Repair is here, once: no form knows of it.
 */
export function createRoot(outcomes: Outcomes, options: ConversationOptions) {
  const { procedures, words, typed, understand } = options;
  const { open, place, told, aside, notice, begun, stale } = outcomes;
  const code = createMailedCode(outcomes, options);
  const act = createActs(outcomes, code, options);
  const reached = createCallBack(outcomes, options);
  const inForm = createInForm(outcomes, options);

  /** A deploy may have taken the open question away: then the next one stands open, and words are no answer to it. */
  const settled = async (seat: Seat, talk: Talk): Promise<{ talk: Talk; moved: boolean }> => {
    if (!open(talk)) return { talk, moved: false };
    const { stack } = await (await procedures()).settled(counterOf(talk), place(seat, talk.locale));
    return stack === talk.dialog || !stack
      ? { talk, moved: false }
      : { talk: { ...talk, dialog: stack }, moved: true };
  };

  /** Whether the question of that form is open. */
  const asks = (talk: Talk, to: NonNullable<Incoming["to"]>): boolean => {
    const state = open(talk)?.state;
    return state?.asking === to.slot && state.n === to.n;
  };

  /** A field of a form that ended, or of a question that is closed, is as stale as its buttons. */
  const closed = async (
    seat: Seat,
    talk: Talk,
    { n, slot }: NonNullable<Incoming["to"]>,
  ): Promise<Outcome> => {
    const nothing = { do: "choose" as const, slot, values: [] };
    const turn = (await procedures()).act(counterOf(talk), n, nothing, place(seat, talk.locale));
    return told(seat, talk, talk.locale, await turn);
  };

  /**
   * Whether a command that was typed means itself. Inside a form "that's not it" puts an answer right, outside one "what
   * the law says" is a question; words about a code mean one only when there may be one.
   */
  const means = (seat: Seat, talk: Talk, command: Command): boolean => {
    const form = open(talk) !== undefined;
    if (command.do === "unhelpful") return !form;
    if (command.do === "rules") return form || command.request !== undefined;
    if (command.do === "code") return command.receipt !== undefined || (!form && talk.code !== undefined);
    return !isDeskCommand(command) || isTimely(command, seat, talk);
  };

  /** The code of a saved form was asked for; undefined when the words are clearly something else. */
  const resumed = async (seat: Seat, talk: Talk, text: string): Promise<Outcome | undefined> => {
    const turn = await (await procedures()).resume(counterOf(talk), text, place(seat, talk.locale));
    const out = told(seat, talk, talk.locale, turn);
    if (turn.lookup || turn.counter.stack) return out;
    const { said = [], sure = 0 } = understand(seat.operator, text, talk);
    const real =
      sure >= DIGRESSION_SURE && said.every((s) => s.kind !== "clarify" && s.kind !== "out-of-scope");
    return real ? undefined : { ...out, talk: { ...out.talk, resuming: true } };
  };

  /** Free words with no form open. */
  const inFreeWords = async (seat: Seat, talk: Talk, text: string): Promise<Outcome> => {
    const resume = talk.resuming && (await resumed(seat, talk, text));
    if (resume) return resume;
    const given = code.given(seat, talk, text);
    if (given) return given;
    const word = words(text);
    const left = word === "cancel" ? code.left(seat, talk) : undefined;
    if (left) return left;
    if (word === "resume") return act(seat, talk, { do: "resume" });
    if (word === "cancel" || word === "back") {
      const steps = await procedures();
      const turn = steps.act(counterOf(talk), undefined, { do: word }, place(seat, talk.locale));
      return told(seat, talk, talk.locale, await turn);
    }
    const { written, said = [] } = understand(seat.operator, text, talk);
    if (written === "other") return notice(seat, talk, "other-language");
    return begun(seat, talk, said, written, text);
  };

  /** The reply to one message. */
  return async (seat: Seat, before: Talk, incoming: Incoming): Promise<Outcome> => {
    const { talk, moved } = await settled(seat, before);
    const pressed = incoming.command === undefined ? undefined : parseCommand(incoming.command);
    // What is sent has been shown as it is now.
    if (moved && pressed?.do === "form" && pressed.act.do === "confirm") return stale(seat, talk);
    if (pressed) return act(seat, talk, pressed);
    if (incoming.to && !asks(talk, incoming.to)) return closed(seat, talk, incoming.to);
    if (incoming.files) return aside(seat, talk, [{ kind: "told", notes: [{ key: "image" }] }], talk.locale);
    const whole = incoming.text ?? "";
    if (whole.length > MAX_MESSAGE) return notice(seat, talk, "too-long");
    const form = open(talk) !== undefined;
    const text = form ? whole.toWellFormed() : gist(whole);
    if (normalize(text) === "") return notice(seat, talk, "no-text");
    const command = chosen(talk, text) ?? typed(text);
    if (command && means(seat, talk, command)) return act(seat, talk, command);
    const reach = await reached(seat, talk, text);
    if (reach) return reach;
    if (moved) return stale(seat, talk);
    return form ? inForm(seat, talk, text) : inFreeWords(seat, talk, text);
  };
}
