import type { Form, FormState } from "../../dialog/form/form.ts";
import type { FormTurn, Place } from "../../dialog/form-turn.ts";
import { asked, type Counter, openForm } from "../../dialog/open.ts";
import type { Locale } from "../../reply/locale.ts";
import type { Note, Notice, Said } from "../../reply/said.ts";
import { FORM_MS } from "../form-until.ts";
import type { Outcome, Talk } from "../talk.ts";
import type { ConversationOptions } from "./options.ts";
import type { Seat } from "./seat.ts";
import { createSpoken, type Spoken } from "./spoken.ts";

/** The ways in which what is said becomes the outcome of a turn, with a form that is open or without one. */
export interface Outcomes {
  /** The form that is open in a talk, and where it stands. */
  open: (talk: Talk) => { form: Form; state: FormState } | undefined;
  /** Where a form's turn takes place. */
  place: (seat: Seat, locale: Locale) => Place;
  /** What is said, whether a form is open or not. */
  spoken: Spoken;
  /** A form's turn in words and in the talk; `before` stands before what the form says. */
  told: (seat: Seat, talk: Talk, locale: Locale, turn: FormTurn, before?: Said[]) => Outcome;
  /** What was said apart from the form, and the form's open question once more. */
  aside: (seat: Seat, talk: Talk, said: Said[], locale: Locale) => Promise<Outcome>;
  /** The same with one notice, in the talk's language. */
  notice: (seat: Seat, talk: Talk, notice: Notice) => Promise<Outcome>;
  /** What is said, with the form of the request that is among it. `text`: the words that wished for it. */
  begun: (seat: Seat, talk: Talk, said: Said[], locale: Locale, text: string) => Promise<Outcome>;
  /** The question was another one: it says so, and asks the one that is open. */
  stale: (seat: Seat, talk: Talk) => Promise<Outcome>;
}

/** What forms remember of a talk. */
export const counterOf = ({ dialog, forms, filed, code }: Talk): Counter => ({
  stack: dialog,
  forms: forms ?? 0,
  filed,
  code,
});

export function createOutcomes({
  forms,
  procedures,
  mails,
  renderer,
  texts,
}: Pick<ConversationOptions, "forms" | "procedures" | "mails" | "renderer" | "texts">): Outcomes {
  const spoken = createSpoken(renderer, texts);
  const open: Outcomes["open"] = (talk) => openForm(forms, counterOf(talk));

  const place: Outcomes["place"] = (seat, locale) => ({
    facts: seat.facts,
    locale,
    moment: seat.moment,
    targetDays: seat.speaker.requests.targetDays,
    draftDays: seat.speaker.draftDays,
    mails,
  });

  const told: Outcomes["told"] = (seat, talk, locale, turn, before = []) => {
    if (turn.lookup) return { talk, messages: [], lookup: turn.lookup };
    const { counter, said, changes } = turn;
    const out = spoken(seat, talk, [...before, ...said], locale);
    const { stack, forms: begun, filed, code } = counter;
    return {
      ...out,
      talk: {
        ...out.talk,
        ...(stack ? { dialog: stack, dialogAt: seat.moment.now } : {}),
        ...(begun > 0 ? { forms: begun } : {}),
        ...(filed ? { filed } : {}),
        ...(code ? { code } : {}),
      },
      asked: asked(forms, counterOf(talk), counter),
      ...(changes ? { changes } : {}),
    };
  };

  const aside: Outcomes["aside"] = async (seat, talk, said, locale) => {
    if (!open(talk)) return spoken(seat, talk, said, locale);
    const person = said.some(({ kind }) => kind === "handoff") && !seat.moment.staff;
    const notes: Note[] = person
      ? [{ key: "person", values: { hours: FORM_MS / 3_600_000 } }]
      : said.length > 0
        ? [{ key: "resume-question" }]
        : [];
    const turn = (await procedures()).again(counterOf(talk), place(seat, locale), notes);
    return told(seat, talk, locale, turn, said);
  };

  return {
    open,
    place,
    spoken,
    told,
    aside,
    notice: (seat, talk, notice) => aside(seat, talk, [{ kind: "notice", notice }], talk.locale),

    async begun(seat, talk, said, locale, text) {
      const wish = said.find((s) => s.kind === "request");
      if (!wish) return spoken(seat, talk, said, locale);
      const turn = await (await procedures()).begin(counterOf(talk), wish.request, text, place(seat, locale));
      const beside = said.filter((s) => s.kind !== "request");
      return told(seat, talk, locale, turn, beside);
    },

    async stale(seat, talk) {
      const steps = await procedures();
      const turn = steps.again(counterOf(talk), place(seat, talk.locale), [{ key: "stale" }]);
      return told(seat, talk, talk.locale, turn);
    },
  };
}
