import { type Facts, type Form, REVIEW } from "../dialog/form/form.ts";
import type { FormTurn, Place } from "../dialog/form-turn.ts";
import { askCode, type CodeTurn, giveCode, leaveCode } from "../dialog/identity.ts";
import { asked, type Counter, openForm } from "../dialog/open.ts";
import type { Procedures } from "../dialog/procedures.ts";
import type { FillIn } from "../handoff/handoff.ts";
import type { Locale } from "../reply/locale.ts";
import type { Cause, DeskWord, Note, Said } from "../reply/said.ts";
import type { Speaker } from "../reply/speaker.ts";
import { newCode, showCode } from "../requests/receipt.ts";
import type { RequestType } from "../requests/request-type.ts";
import {
  type Command,
  type FormWord,
  isOwn,
  type OwnChat,
  type OwnCommand,
  parseCommand,
} from "../understanding/command.ts";
import { gist } from "../understanding/gist.ts";
import { MAX_MESSAGE, normalize } from "../understanding/normalize.ts";
import { contactIn } from "../understanding/personal/contact.ts";
import { isQuestion } from "../understanding/questions.ts";
import { yesNo } from "../understanding/slots/yes-no.ts";
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
import { FORM_MS } from "./form-until.ts";
import { LINK_MS, linkAddress, newLink } from "./links.ts";
import { aboutOf } from "./person.ts";
import type { Incoming, Outcome, Talk, TurnMoment } from "./talk.ts";
import { type Signs, upsetIn } from "./upset.ts";

type Notice = Extract<Said, { kind: "notice" }>["notice"];

/** Whose desk a turn takes place at. */
export interface Seat {
  operator: string;
  speaker: Speaker;
  facts: Facts;
  moment: TurnMoment;
  /** What the words are a sign of, for which a person may be offered. */
  sign?: Cause;
}

/** What a message of free words may mean. */
export interface Understood {
  /** The language that it is written in. */
  written: Locale | "other";
  /** What would be said to it, and how sure that is, 0..1; neither for another language. */
  said?: Said[];
  sure?: number;
}

export interface ConversationOptions {
  forms: Readonly<Record<RequestType, Form>>;
  /** All that runs forms, loaded with the first of them. */
  procedures: () => Promise<Procedures>;
  /** What a short message does to an open form. */
  words: (text: string) => FormWord | undefined;
  /** A button's title or number, or a command that was typed. */
  command: (talk: Talk, text: string) => Command | undefined;
  run(command: Exclude<Command, OwnCommand>, talk: Talk, speaker: Speaker): { said: Said[]; locale: Locale };
  /** Mail is set up. */
  mails: boolean;
  understand(operator: string, text: string, talk: Talk): Understood;
  /** Where this desk's pages are, without a slash at its end; none where it has no pages. */
  pagesUrl?: string;
  outcome(seat: Seat, before: Talk, said: Said[], locale: Locale): Outcome;
  signs?: Signs;
}

/**
 * The root of every turn: a button, a command, a correction, an answer to the open question, a request, a question,
 * small talk; the first that fits. Repair is here, once: no form knows of it.
 */
export function createConversation(options: ConversationOptions) {
  const { forms, procedures, words, command: commandIn, run, understand, outcome } = options;
  const { mails, pagesUrl, signs = () => undefined } = options;
  const upset = upsetIn(signs);
  const openIn = (counter: Counter) => openForm(forms, counter);

  const counterOf = ({ dialog, forms, filed, code }: Talk): Counter => ({
    stack: dialog,
    forms: forms ?? 0,
    filed,
    code,
  });

  const placeOf = (seat: Seat, locale: Locale): Place => ({
    facts: seat.facts,
    locale,
    moment: seat.moment,
    targetDays: seat.speaker.requests.targetDays,
    draftDays: seat.speaker.draftDays,
    mails,
  });

  /** Puts a form's turn into words and into the talk; `before` stands before what the form says. */
  const told = (seat: Seat, talk: Talk, locale: Locale, turn: FormTurn, before: Said[] = []): Outcome => {
    if (turn.lookup) return { talk, messages: [], lookup: turn.lookup };
    const { counter, said, changes } = turn;
    const spoken = outcome(seat, talk, [...before, ...said], locale);
    const { stack, forms: begun, filed, code } = counter;
    return {
      ...spoken,
      talk: {
        ...spoken.talk,
        ...(stack ? { dialog: stack, dialogAt: seat.moment.now } : {}),
        ...(begun > 0 ? { forms: begun } : {}),
        ...(filed ? { filed } : {}),
        ...(code ? { code } : {}),
      },
      asked: asked(forms, counterOf(talk), counter),
      ...(changes ? { changes } : {}),
    };
  };

  /** What was said apart from the form, and the form's open question once more. */
  const aside = async (seat: Seat, talk: Talk, said: Said[], locale: Locale): Promise<Outcome> => {
    const counter = counterOf(talk);
    if (!openIn(counter)) return outcome(seat, talk, said, locale);
    const person = said.some(({ kind }) => kind === "handoff") && !seat.moment.staff;
    const notes: Note[] = person
      ? [{ key: "person", values: { hours: FORM_MS / 3_600_000 } }]
      : said.length > 0
        ? [{ key: "resume-question" }]
        : [];
    return told(seat, talk, locale, (await procedures()).again(counter, placeOf(seat, locale), notes), said);
  };

  const begin = async (
    seat: Seat,
    talk: Talk,
    said: Said[],
    locale: Locale,
    text: string,
  ): Promise<Outcome> => {
    const wish = said.find((s) => s.kind === "request");
    if (!wish) return outcome(seat, talk, said, locale);
    const turn = await (await procedures()).begin(counterOf(talk), wish.request, text, placeOf(seat, locale));
    return told(
      seat,
      talk,
      locale,
      turn,
      said.filter((s) => s.kind !== "request"),
    );
  };

  /** What a customer does with the chat itself. A form that is open stays open, and is not asked on meanwhile. */
  const ownChat = async (seat: Seat, talk: Talk, act: OwnChat): Promise<Outcome> => {
    const notice = (name: Notice): Said => ({ kind: "notice", notice: name });
    switch (act) {
      case "keep":
        return aside(seat, talk, [notice("erase-kept")], talk.locale);
      case "unlink": {
        const told = await aside(seat, talk, [notice("unlinked")], talk.locale);
        return { ...told, changes: [...(told.changes ?? []), { do: "unlink" }] };
      }
      case "erase": {
        const spoken = outcome(seat, talk, [notice("erase-ask")], talk.locale);
        const { dialog, dialogAt } = talk;
        if (!dialog || dialogAt === undefined) return spoken;
        return { ...spoken, talk: { ...spoken.talk, dialog, dialogAt } };
      }
      case "erase-sure": {
        const said = (name: "erased" | "erased-held") =>
          outcome(seat, nothingBut(talk), [notice(name)], talk.locale);
        return { ...said("erased"), erase: { held: said("erased-held").messages } };
      }
      case "transcript": {
        const { locale } = talk;
        if (pagesUrl === undefined) return aside(seat, talk, [notice("transcript-here")], locale);
        const link = newLink(seat.moment.random);
        const address = linkAddress(pagesUrl, "transcript", link, locale);
        const said: Said = { kind: "transcript", link: address, hours: LINK_MS / 3_600_000 };
        const told = await aside(seat, talk, [said], locale);
        return { ...told, link: { link, until: seat.moment.now + LINK_MS } };
      }
    }
  };

  /** A turn about a code by e-mail. */
  const coded = (seat: Seat, talk: Talk, turn: CodeTurn): Outcome => {
    const { lookup, said, changes, offered } = turn;
    if (lookup) return { talk, messages: [], lookup };
    const { code: _, ...before } = talk;
    const spoken = outcome(seat, offered ? { ...before, code: offered } : before, said, talk.locale);
    return { ...spoken, ...(changes ? { changes } : {}) };
  };

  /** A code is asked for. A button of another request than the last one shown says so, and sends nothing. */
  const code = (seat: Seat, talk: Talk, receipt: string | undefined): Outcome | Promise<Outcome> => {
    const { code: offered } = talk;
    const wanted = receipt ?? offered?.receipt ?? "";
    if (openIn(counterOf(talk)))
      return aside(seat, talk, [{ kind: "code", step: "form", receipt: wanted }], talk.locale);
    if (!mails || !offered || offered.receipt !== wanted)
      return outcome(seat, talk, [{ kind: "code", step: "no", receipt: wanted }], talk.locale);
    return coded(seat, talk, askCode(offered, seat.moment));
  };

  const act = async (seat: Seat, talk: Talk, command: Command): Promise<Outcome> => {
    if (command.do === "own-chat") return ownChat(seat, talk, command.act);
    const counter = counterOf(talk);
    const place = placeOf(seat, talk.locale);
    if (command.do === "form")
      return told(
        seat,
        talk,
        talk.locale,
        await (await procedures()).act(counter, command.n, command.act, place),
      );
    if (command.do === "resume") {
      const asked = outcome(seat, talk, [{ kind: "told", notes: [{ key: "save-ask-code" }] }], talk.locale);
      return { ...asked, talk: { ...asked.talk, resuming: true } };
    }
    if (command.do === "code") return code(seat, talk, command.receipt);
    const open = openIn(counter);
    if (command.do === "request" && open)
      return told(seat, talk, talk.locale, await (await procedures()).other(counter, command.request, place));
    if (isDeskCommand(command)) return deskAct(seat, talk, command);
    // Inside a form "again" is the open question.
    if (command.do === "repeat" && open) return aside(seat, talk, [], talk.locale);
    const named = command.do === "rules" && open ? { request: open.state.form, ...command } : command;
    const { said, locale } = run(named, talk, seat.speaker);
    if (command.do === "language" && open) return aside(seat, { ...talk, locale }, [], locale);
    return open ? aside(seat, talk, said, locale) : begin(seat, talk, said, locale, "");
  };

  /** What a customer does about a person besides asking for one. */
  const deskAct = async (seat: Seat, talk: Talk, command: DeskCommand): Promise<Outcome> => {
    const { staff } = seat.moment;
    const say = (word: DeskWord) => aside(seat, talk, [{ kind: "desk", ...word }], talk.locale);
    switch (command.do) {
      case "leave":
        if (!staff?.live) return say({ says: "not-waiting" });
        return { ...(await say({ says: "left-queue" })), desk: { do: "leave" } };
      case "message": {
        if (!staff) return aside(seat, talk, [{ kind: "handoff" }], talk.locale);
        const asked = await say({ says: "reach" });
        return { ...asked, talk: { ...asked.talk, leaving: 0 } };
      }
      case "rate":
        return { ...(await say({ says: "rated" })), desk: command };
    }
  };

  /** How to reach the customer was asked for; undefined when the words are something else. */
  const reached = async (seat: Seat, talk: Talk, text: string): Promise<Outcome | undefined> => {
    const { staff, random } = seat.moment;
    const { leaving, ...rest } = talk;
    if (leaving === undefined || !staff) return undefined;
    const word = words(text);
    const say = (word: DeskWord) => aside(seat, rest, [{ kind: "desk", ...word }], talk.locale);
    if (word === "cancel" || word === "back") return say({ says: "not-kept" });
    const found = contactIn(text);
    if (!found) {
      if (leaving > 0 || isQuestion(text, talk.locale)) return undefined;
      const asked = await say({ says: "no-contact" });
      return { ...asked, talk: { ...asked.talk, leaving: leaving + 1 } };
    }
    const number = staff.callback ?? showCode(newCode(random));
    const on = staff.targetOn;
    const kept = await say({ says: "kept", number, on });
    const callback = { number, targetOn: on, contact: found.contact, text: found.rest };
    return {
      ...kept,
      asked: ["telephone", "email"],
      desk: { do: "callback", trigger: "asked", callback, ...aboutOf(talk) },
    };
  };

  /** A message of free words while a form is open. */
  const inForm = async (seat: Seat, talk: Talk, text: string): Promise<Outcome> => {
    const counter = counterOf(talk);
    const open = openIn(counter);
    if (!open) throw new Error("no form is open");
    const place = placeOf(seat, talk.locale);
    const steps = await procedures();
    const { state, form } = open;
    const speak = async (turn: Promise<FormTurn> | FormTurn, locale = talk.locale) =>
      told(seat, talk, locale, await turn);
    if (state.other !== undefined || state.asking === REVIEW) {
      const yes = yesNo.parse(text, { locale: talk.locale, now: seat.moment.now });
      if (state.other !== undefined && yes.ok)
        return speak(steps.act(counter, undefined, { do: yes.value ? "agree" : "stay" }, place));
      if (state.asking === REVIEW && yes.ok && yes.value)
        return speak(steps.act(counter, undefined, { do: "confirm" }, place));
    }
    const word = words(text);
    const slot = form.slots.find(({ name }) => name === state.asking);
    const none = slot !== undefined && (lacks(slot, text, talk.locale) || (word === "nothing" && slot.held));
    if (slot?.optional && (word === "nothing" || none))
      return speak(steps.act(counter, undefined, { do: "skip" }, place));
    if (word && word !== "resume" && word !== "nothing")
      return speak(steps.act(counter, undefined, { do: word }, place));
    if (state.asking === REVIEW && no(text, place))
      return form.end === "file"
        ? speak(steps.again(counter, place, [{ key: "which-correction" }]))
        : speak(steps.act(counter, undefined, { do: "cancel" }, place));
    const free = slot !== undefined && takesAnything(slot);
    const chooses = slot !== undefined && "values" in slot.answer && !steps.names(counter, text);
    // Only a question leans on what was said before.
    const inContext = () =>
      understand(seat.operator, text, isQuestion(text, talk.locale) ? talk : { locale: talk.locale });
    let understood: Understood | undefined;
    let answers = true;
    /** What may be an answer. */
    let stated = text;
    if (slot?.held && none) return speak(steps.help(counter, place));
    if (slot && (free || chooses) && !steps.corrects(counter, text, place)) {
      understood = inContext();
      const { said = [], written } = understood;
      const [first] = said;
      const asks = questions(slot, text, talk.locale);
      if (asks && wonders(text, steps.speaksOf(counter, text))) return speak(steps.help(counter, place));
      if (chooses) stated = withoutQuestions(text, talk.locale);
      answers = stated !== "";
      if (written !== "other" && digresses(slot, text, talk.locale, understood)) {
        if (first?.kind === "request") return speak(steps.other(counter, first.request, place));
        return aside(seat, talk, said, written);
      }
      if (asks) return speak(steps.help(counter, place));
      if (
        chooses &&
        first?.kind === "request" &&
        wishesOther(text, form.id, understood) &&
        !steps.surely(counter, text)
      )
        return speak(steps.other(counter, first.request, place));
    }
    const at = { slot, text, locale: talk.locale };
    const only = upset.isNoAnswer(at, seat.sign, () => steps.surely(counter, text));
    if (only && !steps.corrects(counter, text, place))
      return speak(seat.sign ? steps.again(counter, place) : steps.miss(counter, text, place));
    const answered = answers ? await steps.answer(counter, stated, place) : undefined;
    if (answered) {
      // What was asked beside the answer is answered, too.
      const { said = [], sure = 0, written } = understood ?? { written: talk.locale };
      const beside =
        stated === text || written === "other" ? [] : said.filter((s) => isAside(s, text, written, sure));
      const { sign: _, ...calm } = seat;
      const sign = seat.sign && upset.signBeside(at);
      return told(
        sign ? { ...calm, sign } : calm,
        talk,
        languageOf(understood, talk, free),
        answered,
        beside,
      );
    }
    if (answers && steps.several(counter, stated, place)) return speak(steps.miss(counter, text, place));
    const { said = [], sure = 0, written } = understood ?? inContext();
    if (written === "other")
      return aside(seat, talk, [{ kind: "notice", notice: "other-language" }], talk.locale);
    if (state.asking === REVIEW && steps.putsRight(text))
      return speak(steps.again(counter, place, [{ key: "which-correction" }]));
    const [first] = said;
    if (first?.kind === "request" && sure >= OTHER_REQUEST_SURE)
      return speak(steps.other(counter, first.request, { ...place, locale: written }), written);
    const real = said.filter((s) => isAside(s, text, written, sure));
    if (real.length > 0) return aside(seat, talk, real, written);
    return speak(steps.miss(counter, text, place));
  };

  /** The reply to one message. */
  const reply = async (seat: Seat, before: Talk, incoming: Incoming): Promise<Outcome> => {
    const { talk, moved } = await settled(seat, before);
    const { locale } = talk;
    const notice = (name: Notice) => aside(seat, talk, [{ kind: "notice", notice: name }], locale);
    const pressed = incoming.command === undefined ? undefined : parseCommand(incoming.command);
    // What is sent has been shown as it is now.
    if (moved && pressed?.do === "form" && pressed.act.do === "confirm") return stale(seat, talk);
    if (pressed) return act(seat, talk, pressed);
    const whole = incoming.text ?? "";
    if (incoming.to && !asks(talk, incoming.to)) {
      const steps = await procedures();
      // A field of a form that ended, or of a question that is closed, is as stale as its buttons.
      const closed = { do: "choose" as const, slot: incoming.to.slot, values: [] };
      return told(
        seat,
        talk,
        locale,
        await steps.act(counterOf(talk), incoming.to.n, closed, placeOf(seat, locale)),
      );
    }
    if (incoming.files) return aside(seat, talk, [{ kind: "told", notes: [{ key: "image" }] }], locale);
    if (whole.length > MAX_MESSAGE) return notice("too-long");
    const open = openIn(counterOf(talk));
    const text = open ? whole.toWellFormed() : gist(whole);
    if (normalize(text) === "") return notice("no-text");
    const command = commandIn(talk, text);
    // Inside a form "that's not it" puts an answer right, outside one "what the law says" is a question; words about a
    // code mean one only when there may be one; nobody leaves who does not wait, nor rates nobody.
    const meant =
      command &&
      !(open && command.do === "unhelpful") &&
      !(!open && command.do === "rules" && command.request === undefined) &&
      !(command.do === "code" && command.receipt === undefined && (open || !talk.code)) &&
      !(isDeskCommand(command) && !isTimely(command, seat, talk));
    if (meant) return act(seat, talk, command);
    const reach = await reached(seat, talk, text);
    if (reach) return reach;
    if (moved) return stale(seat, talk);
    if (open) return inForm(seat, talk, text);
    if (talk.resuming) {
      const turn = await (await procedures()).resume(counterOf(talk), text, placeOf(seat, locale));
      const out = told(seat, talk, locale, turn);
      if (turn.lookup || turn.counter.stack) return out;
      const { said = [], sure = 0 } = understand(seat.operator, text, talk);
      const real =
        sure >= DIGRESSION_SURE && said.every((s) => s.kind !== "clarify" && s.kind !== "out-of-scope");
      if (!real) return { ...out, talk: { ...out.talk, resuming: true } };
    }
    const given = talk.code?.awaits && giveCode(talk.code, text, seat.moment);
    if (given) return coded(seat, talk, given);
    const word = words(text);
    if (word === "cancel" && talk.code?.awaits) return coded(seat, talk, leaveCode(talk.code));
    if (word === "resume") return act(seat, talk, { do: "resume" });
    if (word === "cancel" || word === "back") {
      const steps = await procedures();
      const turn = steps.act(counterOf(talk), undefined, { do: word }, placeOf(seat, locale));
      return told(seat, talk, locale, await turn);
    }
    const { written, said = [] } = understand(seat.operator, text, talk);
    if (written === "other") return notice("other-language");
    return begin(seat, talk, said, written, text);
  };

  /** Where others read along: questions are answered, and what needs personal data is left to a chat of one's own. */
  const inPublic = (seat: Seat, talk: Talk, incoming: Incoming): Outcome => {
    const { locale } = talk;
    const say = (said: Said[], l = locale) =>
      outcome(
        seat,
        talk,
        said.map((s) => (s.kind === "request" ? { kind: s.kind, request: s.request, shared: true } : s)),
        l,
      );
    const own = () => say([{ kind: "told", notes: [{ key: "reply:shared.private" }] }]);
    const whole = incoming.text ?? "";
    const notice = (name: Extract<Said, { kind: "notice" }>["notice"]) =>
      say([{ kind: "notice", notice: name }]);
    const pressed = incoming.command === undefined ? undefined : parseCommand(incoming.command);
    if (!pressed && incoming.files) return notice("no-text");
    if (!pressed && whole.length > MAX_MESSAGE) return notice("too-long");
    const text = gist(whole);
    if (!pressed && normalize(text) === "") return notice("no-text");
    const command = pressed ?? commandIn(talk, text);
    if (incoming.to || (command && isOwn(command))) return own();
    if (command) {
      const { said, locale: changed } = run(command, talk, seat.speaker);
      return say(said, changed);
    }
    if (words(text) === "resume") return own();
    const { written, said = [] } = understand(seat.operator, text, talk);
    return written === "other" ? notice("other-language") : say(said, written);
  };

  /** Whether the question of that form is open. */
  const asks = (talk: Talk, to: NonNullable<Incoming["to"]>): boolean => {
    const state = openIn(counterOf(talk))?.state;
    return state?.asking === to.slot && state.n === to.n;
  };

  /** A deploy may have taken the open question away: then the next one stands open, and words are no answer to it. */
  const settled = async (seat: Seat, talk: Talk): Promise<{ talk: Talk; moved: boolean }> => {
    const counter = counterOf(talk);
    if (!openIn(counter)) return { talk, moved: false };
    const { stack } = await (await procedures()).settled(counter, placeOf(seat, talk.locale));
    return stack === talk.dialog || !stack
      ? { talk, moved: false }
      : { talk: { ...talk, dialog: stack }, moved: true };
  };

  /** Looked for where a person can be offered, in free words: a button has its own. */
  const signIn = (
    { moment: { staff } }: Seat,
    talk: Talk,
    { text = "", command }: Incoming,
  ): Cause | undefined => {
    if (!staff || staff.live || command !== undefined || options.command(talk, text)) return undefined;
    const open = openIn(counterOf(talk));
    if (!open) return signs(text, talk.locale, "all");
    const slot = open.form.slots.find(({ name }) => name === open.state.asking);
    const sign = upset.sign({ slot, text, locale: talk.locale });
    return sign && talk.offered?.includes(sign) ? undefined : sign;
  };

  const stale = async (seat: Seat, talk: Talk): Promise<Outcome> => {
    const steps = await procedures();
    const turn = steps.again(counterOf(talk), placeOf(seat, talk.locale), [{ key: "stale" }]);
    return told(seat, talk, talk.locale, turn);
  };

  return {
    async respond(at: Seat, before: Talk, incoming: Incoming): Promise<Outcome> {
      if (incoming.shared) return inPublic(alone(at), before, incoming);
      const { talk, lapsed } = current(before, at.moment.now);
      const sign = signIn(at, talk, incoming);
      const seat = sign ? { ...at, sign } : at;
      const out = await reply(seat, talk, incoming);
      if (!lapsed || out.lookup) return out;
      const expired: Said[] = [{ kind: "told", notes: [{ key: "expired" }] }];
      const [notice] = outcome(seat, talk, expired, out.talk.locale).messages;
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

    async formSoFar(seat: Seat, before: Talk, whole?: boolean) {
      const { talk } = current(before, seat.moment.now);
      const counter = counterOf(talk);
      if (!openIn(counter)) return undefined;
      return (await procedures()).soFar(counter, placeOf(seat, talk.locale), whole);
    },

    /**
     * An agent answers the open question for the customer, or begins a request for them. Nothing is sent by it, and
     * nothing looked up by a number and a code: those are the customer's own.
     */
    async fillIn(seat: Seat, before: Talk, what: FillIn): Promise<Outcome | Unfit> {
      const { talk } = current(before, seat.moment.now);
      const counter = counterOf(talk);
      const open = openIn(counter);
      const place = placeOf(seat, talk.locale);
      const steps = await procedures();
      const speak = (turn: FormTurn) => told(seat, talk, talk.locale, turn);
      if (what.do === "start") {
        const wanted = Object.values(forms).find(({ id, end }) => id === what.type && end === "file");
        if (open || !wanted) return "form";
        return speak(await steps.begin(counter, wanted.id, "", place));
      }
      if (!open || open.state.n !== what.n || open.form.end !== "file" || open.state.other !== undefined)
        return "form";
      const slot = open.form.slots.find(({ name }) => name === open.state.asking);
      switch (what.do) {
        case "back":
          return speak(await steps.act(counter, what.n, { do: "back" }, place));
        case "skip":
          return slot?.optional ? speak(await steps.act(counter, what.n, { do: "skip" }, place)) : "form";
        case "choose": {
          if (!slot || slot.name !== what.slot) return "form";
          const { answer } = slot;
          if (!("values" in answer) || !what.values.every((value) => answer.values.includes(value)))
            return "answer";
          const values = [...what.values];
          return speak(await steps.act(counter, what.n, { do: "choose", slot: slot.name, values }, place));
        }
        case "answer": {
          if (!slot || slot.name !== what.slot) return "form";
          const turn = await steps.answer(counter, what.text.toWellFormed(), place);
          return turn ? speak(turn) : "answer";
        }
      }
    },
  };
}

/** Why nothing is filled in: the form is another one by now, or the words are no answer to its question. */
export type Unfit = "form" | "answer";

type DeskCommand = Extract<Command, { do: "leave" | "message" | "rate" }>;

function isDeskCommand(command: Command): command is DeskCommand {
  return command.do === "leave" || command.do === "message" || command.do === "rate";
}

/** Whether the words of a command can mean it now. */
function isTimely(command: DeskCommand, { moment: { staff } }: Seat, talk: Talk): boolean {
  switch (command.do) {
    case "leave":
      return staff?.live != null;
    case "message":
      return staff !== undefined;
    case "rate":
      return talk.choices?.some(({ command: value }) => value.startsWith("rate:")) ?? false;
  }
}

/** A person is called to one customer, never to a chat that others read. */
function alone(seat: Seat): Seat {
  const { staff: _, ...moment } = seat.moment;
  return { ...seat, moment };
}

/** What a chat begins anew with. Forms are counted on: their numbers tell the requests of one chat apart. */
function nothingBut({ locale, forms }: Talk): Talk {
  return { locale, ...(forms === undefined ? {} : { forms }) };
}

function no(text: string, { locale, moment }: Place): boolean {
  const read = yesNo.parse(text, { locale, now: moment.now });
  return read.ok && !read.value;
}

/** The talk without a form that nobody has answered for a day. */
function current(talk: Talk, now: number): { talk: Talk; lapsed: boolean } {
  const { dialog, dialogAt, ...rest } = talk;
  if (dialogAt === undefined) return { talk, lapsed: false };
  if (dialog && now - dialogAt <= FORM_MS) return { talk, lapsed: false };
  return { talk: rest, lapsed: true };
}

/** An answer in one's own words changes no language: a name in Latin letters is no English. */
function languageOf(understood: Understood | undefined, talk: Talk, free: boolean): Locale {
  if (free || !understood || understood.written === "other") return talk.locale;
  return understood.written;
}
