import { type Form, type FormState, REVIEW, type Slot } from "../../dialog/form/form.ts";
import { slotOf } from "../../dialog/form/path.ts";
import type { FormTurn, Place } from "../../dialog/form-turn.ts";
import type { Counter } from "../../dialog/open.ts";
import type { Procedures } from "../../dialog/procedures.ts";
import type { Locale } from "../../reply/locale.ts";
import type { Cause } from "../../reply/said.ts";
import { isQuestion } from "../../understanding/questions.ts";
import { yesNo } from "../../understanding/slots/yes-no.ts";
import type { Outcome, Talk } from "../talk.ts";
import {
  DIGRESSION_SURE,
  digresses,
  isAside,
  lacks,
  OTHER_REQUEST_SURE,
  questions,
  takesAnything,
  wishesOther,
  withoutQuestions,
  wonders,
} from "./digression.ts";
import type { ConversationOptions, Understood } from "./options.ts";
import { counterOf, type Outcomes } from "./outcomes.ts";
import { type Seat, withSign } from "./seat.ts";
import { upsetIn } from "./upset.ts";

/** A message of free words at the open question of a form. */
interface Asked {
  seat: Seat;
  talk: Talk;
  text: string;
  form: Form;
  state: FormState;
  /** The open question; none at the review, or when a form has looked something up. */
  slot: Slot | undefined;
  counter: Counter;
  place: Place;
  steps: Procedures;
  /** What the form says, in the talk's language unless told. */
  speak: (turn: Promise<FormTurn> | FormTurn, locale?: Locale) => Promise<Outcome>;
  /** The same to words that were nothing else: what they are a sign of counts then, however it is said. */
  missed: (turn: Promise<FormTurn> | FormTurn) => Promise<Outcome>;
  /** What of them may be an answer: what is not only anger. */
  calm: string;
  /** What they are a sign of, if a person can be offered for it. */
  sign: Cause | undefined;
  /** What the words mean by themselves. */
  understood: () => Understood;
}

/** What words are besides an answer. */
interface Weighed {
  understood?: Understood;
  /** What of them may be an answer; nothing when it is "". */
  stated: string;
}

/**
 * A message of free words while a form is open: a word that moves it, a question about the question, another wish, an
 * answer, something asked aside; the first that fits.
 */
export function createInForm(
  { open, place: placeOf, told, aside, notice }: Outcomes,
  {
    procedures,
    words,
    understand,
    signs,
  }: Pick<ConversationOptions, "procedures" | "words" | "understand" | "signs">,
) {
  const upset = upsetIn(signs);

  /** Yes, no, and the words that every question knows. */
  const moved = (asked: Asked): Promise<Outcome> | undefined => {
    const { seat, talk, text, form, state, slot, counter, place, steps, speak } = asked;
    const act = (name: "agree" | "stay" | "confirm" | "skip" | "cancel") =>
      speak(steps.act(counter, undefined, { do: name }, place));
    const reviews = state.asking === REVIEW;
    const read =
      reviews || state.other !== undefined
        ? yesNo.parse(text, { locale: talk.locale, now: seat.moment.now })
        : undefined;
    const yes = read?.ok ? read.value : undefined;
    if (state.other !== undefined && yes !== undefined) return act(yes ? "agree" : "stay");
    if (reviews && yes) return act("confirm");
    const word = words(text);
    const none = slot !== undefined && (lacks(slot, text, talk.locale) || (word === "nothing" && slot.held));
    if (slot?.optional && (word === "nothing" || none)) return act("skip");
    if (word && word !== "resume" && word !== "nothing")
      return speak(steps.act(counter, undefined, { do: word }, place));
    if (reviews && yes === false)
      return form.end === "file"
        ? speak(steps.again(counter, place, [{ key: "which-correction" }]))
        : act("cancel");
    return slot?.held && none ? speak(steps.help(counter, place)) : undefined;
  };

  /** At a question that would take them, words are first looked at for what else they may be. */
  const weighed = (asked: Asked): Weighed | Promise<Outcome> => {
    const { seat, talk, text, calm, form, slot, counter, place, steps, speak } = asked;
    const chooses = slot !== undefined && "values" in slot.answer && !steps.names(counter, text);
    if (!slot || !(takesAnything(slot) || chooses) || steps.corrects(counter, text, place))
      return { stated: calm };
    const understood = asked.understood();
    const { said = [], written } = understood;
    const [first] = said;
    const asks = questions(slot, text, talk.locale);
    if (asks && wonders(text, steps.speaksOf(counter, text))) return speak(steps.help(counter, place));
    if (written !== "other" && digresses(slot, text, talk.locale, understood))
      return first?.kind === "request"
        ? speak(steps.other(counter, first.request, place))
        : aside(seat, talk, said, written);
    if (asks) return speak(steps.help(counter, place));
    const wish = chooses && first?.kind === "request" && wishesOther(text, form.id, understood);
    if (wish && !steps.surely(counter, text)) return speak(steps.other(counter, first.request, place));
    return { understood, stated: chooses ? withoutQuestions(calm, talk.locale) : calm };
  };

  /** The answer that the words hold; what was asked beside it is answered, too. */
  const answered = async (asked: Asked, { understood, stated }: Weighed): Promise<Outcome | undefined> => {
    const { seat, talk, text, calm, sign, slot, counter, place, steps, missed } = asked;
    if (stated === "") return undefined;
    const turn = await steps.answer(counter, stated, place);
    if (!turn)
      return steps.several(counter, stated, place) ? missed(steps.miss(counter, text, place)) : undefined;
    const { said = [], sure = 0, written } = understood ?? { written: talk.locale };
    const beside =
      stated === calm || written === "other" ? [] : said.filter((s) => isAside(s, text, written, sure));
    // An answer in one's own words changes no language: a name in Latin letters is no English.
    const own = slot !== undefined && takesAnything(slot);
    const locale = own || !understood || understood.written === "other" ? talk.locale : understood.written;
    const still = sign && upset.signBeside({ slot, text, locale: talk.locale });
    return told(withSign(seat, still), talk, locale, turn, beside);
  };

  /** Words that are no answer. */
  const besides = (asked: Asked, understood: Understood): Promise<Outcome> => {
    const { seat, talk, text, calm, sign, state, counter, place, steps, speak, missed } = asked;
    const { said = [], sure = 0, written } = understood;
    if (written === "other") return notice(seat, talk, "other-language");
    if (state.asking === REVIEW && steps.putsRight(text))
      return speak(steps.again(counter, place, [{ key: "which-correction" }]));
    const [first] = said;
    if (first?.kind === "request" && sure >= OTHER_REQUEST_SURE)
      return speak(steps.other(counter, first.request, { ...place, locale: written }), written);
    // What is only anger is near to a call for a person, and to much else.
    const doubtful = calm === "" && sure < DIGRESSION_SURE;
    const real = doubtful ? [] : said.filter((s) => isAside(s, text, written, sure));
    if (real.length > 0) return aside(seat, talk, real, written);
    // Whoever is only angry, and is offered a person for it, need not hear that they were not understood.
    return missed(sign && calm === "" ? steps.again(counter, place) : steps.miss(counter, text, place));
  };

  return async (heard: Seat, talk: Talk, text: string): Promise<Outcome> => {
    const current = open(talk);
    if (!current) throw new Error("no form is open");
    const { form, state } = current;
    const slot = slotOf(form, state.asking);
    const { sign } = heard;
    const seat = withSign(heard, sign && upset.signSaid({ slot, text, locale: talk.locale }));
    const asked: Asked = {
      seat,
      talk,
      text,
      form,
      state,
      slot,
      sign,
      calm: upset.answerIn({ slot, text, locale: talk.locale }),
      counter: counterOf(talk),
      place: placeOf(seat, talk.locale),
      steps: await procedures(),
      speak: async (turn, locale = talk.locale) => told(seat, talk, locale, await turn),
      missed: async (turn) => told(heard, talk, talk.locale, await turn),
      // Only a question leans on what was said before.
      understood: () =>
        understand(seat.operator, text, isQuestion(text, talk.locale) ? talk : { locale: talk.locale }),
    };
    const move = moved(asked);
    if (move) return move;
    const weight = weighed(asked);
    if (!("stated" in weight)) return weight;
    return (await answered(asked, weight)) ?? besides(asked, weight.understood ?? asked.understood());
  };
}
