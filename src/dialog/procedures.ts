import type { Locale } from "../reply/locale.ts";
import type { Asking, Note, Row, Said } from "../reply/said.ts";
import { targetDay } from "../requests/deadline.ts";
import { newCode, newReceipt, readCode, showCode, showReceipt } from "../requests/receipt.ts";
import type { Change, Found, Lookup, RequestView } from "../requests/register.ts";
import type { RequestType } from "../requests/request-type.ts";
import { isOpen } from "../requests/state.ts";
import type { FormAct } from "../understanding/command.ts";
import { type Ask, issueKey } from "../understanding/slots/parser.ts";
import { yesNo } from "../understanding/slots/yes-no.ts";
import { advance, type Input } from "./form/advance.ts";
import {
  type Answers,
  type Facts,
  type Form,
  type FormState,
  REVIEW,
  type Slot,
  type Value,
} from "./form/form.ts";
import { next, relevant, slotOf, step, told } from "./form/path.ts";
import { run } from "./form-dialog.ts";
import { mailOf } from "./mail.ts";
import { type Counter, type Moment, openForm } from "./open.ts";
import { personOf } from "./person.ts";
import type { FormReading } from "./reading.ts";
import { formOn } from "./stack.ts";

/** Days that a saved draft is kept. */
const DRAFT_DAYS = 7;
/** Wrong pairs of number and code in one form before it ends. */
const MOST_WRONG = 5;
/** Misses in a row after which a person is offered. */
const MANY_MISSES = 3;

/** Where a form's turn takes place. */
export interface Place {
  facts: Facts;
  locale: Locale;
  moment: Moment;
  /** Business days until the operator's own target. */
  targetDays: number;
  /** Days that a saved draft is kept; seven unless told. */
  draftDays?: number | undefined;
  /** Mail is set up: a code may be offered, and a receipt is mailed. */
  mails?: boolean;
}

/** The outcome of a form's turn. With a `lookup` nothing else counts: the turn wants to be run again with what it finds. */
export interface FormTurn {
  counter: Counter;
  said: Said[];
  changes?: Change[];
  lookup?: Lookup;
}

export interface Procedures {
  begin(counter: Counter, request: RequestType, text: string, place: Place): Promise<FormTurn>;
  act(counter: Counter, n: number | undefined, act: FormAct, place: Place): Promise<FormTurn>;
  /** The same on a question that the form of today has: the next one, when a deploy has taken the open one away. */
  settled(counter: Counter, place: Place): Promise<Counter>;
  /** The open question once more, after something else was said. */
  again(counter: Counter, place: Place, notes?: Note[]): FormTurn;
  /** An answer, or an earlier one put right; undefined when the words are neither. */
  answer(counter: Counter, text: string, place: Place): Promise<FormTurn | undefined>;
  /** Whether the words are exactly what a choice of the open question is called. */
  names(counter: Counter, text: string): boolean;
  /** Whether the words choose beyond doubt at the open question: a number, a name alone, or words that tell a value. */
  surely(counter: Counter, text: string): boolean;
  /** Whether the words speak of the open question by its name. */
  speaksOf(counter: Counter, text: string): boolean;
  /** The words ask about the open question, or say that the customer has no answer to it: what would help. */
  help(counter: Counter, place: Place): Promise<FormTurn>;
  /** Whether the words put an earlier answer right. */
  corrects(counter: Counter, text: string, place: Place): boolean;
  /** Whether the words name more values than the open question takes. */
  several(counter: Counter, text: string, place: Place): boolean;
  /** Whether the words say that something is wrong, without saying what. */
  putsRight(text: string): boolean;
  /** The words were nothing that could be used. */
  miss(counter: Counter, text: string, place: Place): Promise<FormTurn>;
  /** Another request was wished for in the middle of one. */
  other(counter: Counter, request: RequestType, place: Place): Promise<FormTurn>;
  /**
   * What was answered so far, and the question that stands open; undefined when no form is open. `whole`: sensitive
   * answers, too.
   */
  soFar(
    counter: Counter,
    place: Place,
    whole?: boolean,
  ): { form: RequestType; n: number; asking: string; rows: Row[]; question: Asking | undefined } | undefined;
  /** Takes a saved form up by its code. */
  resume(counter: Counter, code: string, place: Place): Promise<FormTurn>;
}

export interface ProceduresOptions {
  forms: Readonly<Record<RequestType, Form>>;
  reading: FormReading;
  /** Version of the notice of purpose and retention. */
  consent: string;
}

export function createProcedures({ forms, reading, consent }: ProceduresOptions): Procedures {
  const open = (counter: Counter) => openForm(forms, counter);

  const asking = (form: Form, state: FormState, facts: Facts): Asking | undefined => {
    const slot = slotOf(form, state.asking);
    if (!slot) return undefined;
    const { answer, optional, long } = slot;
    const prefix = slot.prefix?.(state.answers);
    return {
      form: form.id,
      n: state.n,
      slot: slot.name,
      input: answer.kind,
      step: step(form, state, facts),
      ...("values" in answer ? { values: answer.values } : {}),
      ...(answer.kind === "choices" ? { several: true } : {}),
      ...(optional ? { optional } : {}),
      ...(long ? { long } : {}),
      ...(prefix ? { prefix } : {}),
      ...(form.end === "file" ? { saves: true } : {}),
    };
  };

  const rowOf = (form: Form, name: string, value: Value, locale: Locale, whole = false): Row => {
    const slot = slotOf(form, name);
    if (value === null || !slot) return { slot: name, value: null };
    if ("values" in slot.answer) return { slot: name, value: null, chosen: [value].flat() as string[] };
    const { sensitive: _, ...open } = slot;
    return { slot: name, value: reading.show(whole ? open : slot, value, locale) };
  };
  const rows = (
    form: Form,
    answers: Answers,
    { facts, locale }: Pick<Place, "facts" | "locale">,
    whole = false,
  ) =>
    relevant(form, answers, facts).flatMap(({ name }) => {
      const value = answers[name];
      return value === undefined ? [] : [rowOf(form, name, value, locale, whole)];
    });

  /** Says what stands open after a move: a question, the review, or what was looked up. */
  const say = async (counter: Counter, place: Place, notes: Note[] = []): Promise<FormTurn> => {
    const current = open(counter);
    if (!current) return { counter, said: notes.length > 0 ? [{ kind: "told", notes }] : [] };
    const { form, state } = current;
    const question = asking(form, state, place.facts);
    if (question) return { counter, said: [{ kind: "ask", ...question, ...withNotes(notes) }] };
    if (form.end !== "file") return lookUp(counter, form, state, place, notes);
    return reviewed(counter, form, state, place, notes);
  };

  const reviewed = (
    counter: Counter,
    form: Form,
    state: FormState,
    place: Place,
    notes: Note[],
  ): FormTurn => {
    const person = personOf(told(form, state.answers, place.facts));
    const found = foundOf(place, "duplicate");
    if (person !== undefined && !found)
      return { counter, said: [], lookup: { look: "duplicate", type: form.id, person } };
    const before = found?.open;
    const all = before ? [...notes, duplicateNote(before)] : notes;
    const shown = rows(form, state.answers, place);
    return {
      counter,
      said: [{ kind: "review", form: form.id, n: state.n, rows: shown, ...withNotes(all) }],
    };
  };

  /** `status` and `withdraw`: number and code are there. */
  const lookUp = async (
    counter: Counter,
    form: Form,
    state: FormState,
    place: Place,
    notes: Note[],
    confirmed = false,
  ): Promise<FormTurn> => {
    const { "receipt-number": receipt, "status-code": code } = state.answers as Record<string, string>;
    const found = foundOf(place, "request");
    if (!found)
      return { counter, said: [], lookup: { look: "request", receipt: receipt ?? "", code: code ?? "" } };
    if (found.locked || (!found.request && (state.wrong ?? 0) + 1 >= MOST_WRONG))
      return {
        ...(await end(counter)),
        said: [{ kind: "told", notes: [{ key: "dialogs:status.locked" }], person: true }],
      };
    if (!found.request) {
      const wrong = (state.wrong ?? 0) + 1;
      const { wrong: _, misses: __, ...rest } = state;
      const retry: FormState = { ...rest, wrong, answers: {}, asking: next(form, {}, place.facts) };
      const stack = await run(counter.stack, { do: "note", state: retry });
      return say({ ...counter, stack }, place, [{ key: "dialogs:status.failed" }]);
    }
    const shown = shownOf(found.request, place);
    if (form.end === "status") {
      const { confirms, receipt } = found.request;
      const ended = (await end(counter)).counter;
      const { code: _, ...without } = ended;
      const offers = confirms && place.mails;
      return {
        counter: offers ? { ...without, code: { receipt } } : without,
        said: [{ kind: "status", request: shown }],
      };
    }
    const { state: stands } = found.request;
    if (!isOpen(stands)) {
      const key = stands === "withdrawn" ? "dialogs:withdraw.already" : "dialogs:withdraw.closed";
      return { ...(await end(counter)), said: [{ kind: "told", notes: [...notes, { key }] }] };
    }
    if (!confirmed) return { counter, said: [{ kind: "status", request: shown, withdraws: state.n }] };
    return {
      ...(await end(counter)),
      said: [{ kind: "told", notes: [{ key: "dialogs:withdraw.done", values: { receipt: shown.receipt } }] }],
      changes: [{ do: "withdraw", receipt: found.request.receipt }],
    };
  };

  const end = async (counter: Counter): Promise<FormTurn> => {
    const stack = await run(counter.stack, { do: "end" });
    return { counter: { ...counter, stack }, said: [] };
  };

  const move = async (
    counter: Counter,
    input: Input,
    place: Place,
    notes: Note[] = [],
  ): Promise<FormTurn> => {
    const current = open(counter);
    if (!current) return { counter, said: [] };
    const stack = await run(counter.stack, {
      do: "step",
      form: current.form,
      input,
      facts: place.facts,
    });
    return say({ ...counter, stack }, place, notes);
  };

  const note = async (counter: Counter, state: FormState): Promise<Counter> => ({
    ...counter,
    stack: await run(counter.stack, { do: "note", state }),
  });

  const file = async (counter: Counter, form: Form, state: FormState, place: Place): Promise<FormTurn> => {
    const { moment, locale, facts, targetDays } = place;
    const { guardianBelow } = facts;
    const answers = told(form, state.answers, facts);
    if (next(form, answers, facts) !== REVIEW) return say(counter, place);
    const receipt = newReceipt(moment.random);
    const code = newCode(moment.random);
    const person = personOf(answers);
    const mail = mailOf(form, answers);
    const request = {
      type: form.id,
      receipt,
      code,
      receivedAt: moment.now,
      targetOn: targetDay(moment.now, targetDays),
      locale,
      answers,
      consent,
      form: state.n,
      ...(person === undefined ? {} : { person }),
      ...(mail ? { mail } : {}),
    };
    const offers = place.mails && mail ? mail : undefined;
    // What is told of a mail is looked up first: to one address goes only so much a day.
    const room = offers?.use === "reply" ? foundOf(place, "receipt-mail") : undefined;
    if (offers?.use === "reply" && !room)
      return { counter, said: [], lookup: { look: "receipt-mail", to: offers.to } };
    const mailed = room?.goes ? ({ mailed: true } as const) : {};
    const ended = await end(counter);
    const { requester, ward, age, reply } = answers;
    return {
      counter: {
        ...ended.counter,
        filed: { n: state.n, receipt },
        ...(offers ? { code: { receipt } } : {}),
      },
      said: [
        {
          kind: "receipt",
          filed: {
            type: form.id,
            receipt: showReceipt(receipt),
            code: showCode(code),
            state: "received",
            receivedAt: moment.now,
            targetOn: request.targetOn,
            ...(offers ? { confirms: offers.use } : {}),
          },
          days: targetDays,
          ...mailed,
          ...(typeof requester === "string" ? { requester } : {}),
          ...(typeof ward === "string" ? { ward } : {}),
          ...(typeof reply === "string" ? { replies: true } : {}),
          ...(age === "below" && guardianBelow !== undefined ? { guardian: guardianBelow } : {}),
        },
      ],
      changes: [{ do: "file", request, ...mailed }],
    };
  };

  const begin: Procedures["begin"] = async (counter, request, text, place) => {
    const form = forms[request];
    const before = open(counter)?.state.answers ?? {};
    const ask = { locale: place.locale, now: place.moment.now };
    const shared = Object.fromEntries(Object.entries(before).filter(([name]) => slotOf(form, name)));
    const { values: more } = reading.others(form, shared, place.facts, text, ask, true);
    const n = counter.forms + 1;
    const known = { ...shared, ...more };
    const stack = await run(counter.stack, { do: "begin", form, n, known, facts: place.facts });
    const begun: Counter = { ...counter, stack, forms: n };
    const state = formOn(stack);
    const question = state && asking(form, state, place.facts);
    if (!question) return say(begun, place);
    const filled = rows(form, known, place);
    const notes: Note[] = filled.length > 0 ? [{ key: "filled", rows: filled }] : [];
    return { counter: begun, said: [{ kind: "request", request, asks: question, ...withNotes(notes) }] };
  };

  const act: Procedures["act"] = async (counter, n, doing, place) => {
    const current = open(counter);
    if (!current || (n !== undefined && n !== current.state.n)) return stale(counter, n, place);
    const { form, state } = current;
    switch (doing.do) {
      case "choose": {
        const slot = slotOf(form, doing.slot);
        if (!slot || slot.name !== state.asking || !("values" in slot.answer))
          return stale(counter, n, place);
        const { kind, values } = slot.answer;
        const chosen = doing.values.filter((value) => values.includes(value));
        if (chosen.length === 0) return stale(counter, n, place);
        const value: Value = kind === "choices" ? chosen : (chosen[0] ?? null);
        return move(counter, { do: "tell", values: { [slot.name]: value } }, place);
      }
      case "edit":
        return move(counter, { do: "edit", slot: doing.slot }, place);
      case "back": {
        const first = relevant(form, state.answers, place.facts)[0]?.name === state.asking;
        return move(counter, { do: "back" }, place, first ? [{ key: "back-at-start" }] : []);
      }
      case "skip": {
        const optional = slotOf(form, state.asking)?.optional;
        return move(counter, { do: "skip" }, place, optional ? [] : [{ key: "cannot-skip" }]);
      }
      case "why":
        return say(counter, place, [{ key: whyOf(state) }]);
      case "cancel": {
        const ended = await end(counter);
        // A look-up that ends leaves the request that it was about as it stands.
        const key = form.end === "file" ? "cancelled" : "look-up-ended";
        return { ...ended, said: [{ kind: "told", notes: [{ key }] }] };
      }
      case "restart": {
        const stack = await run(counter.stack, {
          do: "begin",
          form,
          n: counter.forms + 1,
          known: {},
          facts: place.facts,
        });
        return say({ ...counter, stack, forms: counter.forms + 1 }, place, [{ key: "again-from-start" }]);
      }
      case "save": {
        if (form.end !== "file") return say(counter, place, [{ key: "nothing-to-save" }]);
        const code = newCode(place.moment.random);
        const answers = told(form, state.answers, place.facts);
        const mail = mailOf(form, answers);
        const draft = {
          form: form.id,
          answers,
          asking: state.asking,
          ...(mail ? { mail } : {}),
        };
        const ended = await end(counter);
        const { draftDays = DRAFT_DAYS } = place;
        const until = place.moment.now + draftDays * 86_400_000;
        return {
          ...ended,
          said: [
            {
              kind: "told",
              notes: [{ key: "saved", values: { code: showCode(code), days: draftDays } }],
            },
          ],
          changes: [{ do: "save", code, until, draft }],
        };
      }
      case "confirm":
        if (state.asking !== REVIEW) return say(counter, place);
        return form.end === "file"
          ? file(counter, form, state, place)
          : lookUp(counter, form, state, place, [], true);
      case "switch": {
        const other = state.other;
        return other ? begin(counter, other, "", place) : say(counter, place);
      }
      case "agree":
        // Taking back what was never sent is leaving it.
        return act(
          counter,
          n,
          { do: state.other && forms[state.other].end === "withdraw" ? "cancel" : "switch" },
          place,
        );
      case "stay": {
        const { other: _, ...rest } = state;
        return say(await note(counter, rest), place, [{ key: "switch.stayed", from: form.id }]);
      }
    }
  };

  const stale = async (counter: Counter, n: number | undefined, place: Place): Promise<FormTurn> => {
    const { filed } = counter;
    const sent = filed !== undefined && filed.n === n;
    const notes: Note[] = [
      sent
        ? { key: "dialogs:receipt.already", values: { receipt: showReceipt(filed.receipt) } }
        : { key: open(counter) || n !== undefined ? "stale" : "nothing-to-cancel" },
    ];
    return say(counter, place, notes);
  };

  /** Whether nobody needs to be told what was understood at a choice. */
  const plainly = (slot: Slot, text: string, ask: Ask): boolean =>
    reading.literal(slot, text) || yesNo.parse(text, ask).ok;

  /** Says what is wrong with an answer, and after three in a row that a person may help. */
  const missed = async (counter: Counter, place: Place, misses: number, notes: Note[]): Promise<FormTurn> => {
    const turn = await say(counter, place, notes);
    return misses >= MANY_MISSES && turn.said.length > 0
      ? { ...turn, said: [...turn.said, { kind: "handoff", offered: true }] }
      : turn;
  };

  return {
    begin,
    act,
    again(counter, place, notes = []) {
      const current = open(counter);
      if (!current) return { counter, said: [] };
      const { form, state } = current;
      const question = asking(form, state, place.facts);
      if (question) return { counter, said: [{ kind: "ask", ...question, ...withNotes(notes) }] };
      if (form.end !== "file")
        return { counter, said: [{ kind: "told", notes: [...notes, { key: "dialogs:withdraw.open" }] }] };
      const shown = rows(form, state.answers, place);
      return {
        counter,
        said: [{ kind: "review", form: form.id, n: state.n, rows: shown, ...withNotes(notes) }],
      };
    },

    async answer(counter, text, place) {
      const current = open(counter);
      if (!current) return undefined;
      const { form, state } = current;
      const ask = { locale: place.locale, now: place.moment.now };
      const fix = reading.correction(form, state, place.facts, text, ask);
      if (fix) {
        if (fix.value === undefined) return move(counter, { do: "edit", slot: fix.slot }, place);
        const row = rowOf(form, fix.slot, fix.value, place.locale);
        const changed = await move(counter, { do: "tell", values: { [fix.slot]: fix.value } }, place, [
          { key: "corrected", slot: fix.slot, rows: [row] },
        ]);
        return changed;
      }
      const slot = slotOf(form, state.asking);
      if (!slot) return undefined;
      const free = slot.answer.kind === "text";
      const change =
        slot.change && reading.others(form, leftOut(state.answers, slot.name), place.facts, text, ask);
      if (slot.change && change?.values[slot.name] !== undefined) {
        const { [slot.name]: own, ...beside } = change.values;
        const filled = Object.entries(beside).map(([name, value]) => rowOf(form, name, value, place.locale));
        const notes: Note[] = filled.length > 0 ? [{ key: "filled", rows: filled }] : [];
        return move(counter, { do: "tell", values: change.values }, place, notes);
      }
      const prefix = slot.prefix?.(state.answers);
      const alone = reading.answer(slot, text, ask);
      const longer =
        prefix !== undefined && BLOCK.test(text.trim()) ? continued(prefix, text.trim()) : undefined;
      const whole = alone.ok || typeof longer !== "string" ? alone : reading.answer(slot, longer, ask);
      // With the answer at hand only what is beside it counts; without it the message may have told something else.
      const before: Answers = whole.ok
        ? { ...state.answers, [slot.name]: whole.value }
        : { ...state.answers, [slot.name]: null };
      const { values: more, rest } = free ? NOTHING : reading.others(form, before, place.facts, text, ask);
      const reads = whole.ok ? [whole] : rest.map((piece) => reading.answer(slot, piece, ask));
      const read = reads.find((one) => one.ok);
      const filled = Object.entries(more).map(([name, value]) => rowOf(form, name, value, place.locale));
      if (!read && filled.length === 0) return undefined;
      const taken = read && "values" in slot.answer && !plainly(slot, text, ask);
      const notes: Note[] = [
        ...(taken ? [{ key: "taken", value: rowOf(form, slot.name, read.value, place.locale) }] : []),
        ...(filled.length > 0 ? [{ key: "filled", rows: filled }] : []),
      ];
      const told = read ? { [slot.name]: continued(prefix, read.value) } : {};
      return move(counter, { do: "tell", values: { ...told, ...more } }, place, notes);
    },

    putsRight: reading.putsRight,

    corrects(counter, text, { facts, locale, moment }) {
      const current = open(counter);
      const ask = { locale, now: moment.now };
      return !!current && reading.correction(current.form, current.state, facts, text, ask) !== undefined;
    },

    several(counter, text, { locale, moment }) {
      const current = open(counter);
      const slot = current && slotOf(current.form, current.state.asking);
      return slot !== undefined && reading.several(slot, text, { locale, now: moment.now });
    },

    async settled(counter, { facts }) {
      const current = open(counter);
      if (!current) return counter;
      const state = advance(current.form, current.state, { do: "go-on" }, facts);
      return state === current.state ? counter : note(counter, state);
    },

    names(counter, text) {
      const current = open(counter);
      const slot = current && slotOf(current.form, current.state.asking);
      return slot !== undefined && reading.names(slot, text);
    },

    soFar(counter, place, whole) {
      const current = open(counter);
      if (!current) return undefined;
      const { form, state } = current;
      const fills = form.end === "file" && state.other === undefined;
      return {
        form: form.id,
        n: state.n,
        asking: state.asking,
        rows: rows(form, state.answers, place, whole),
        question: fills ? asking(form, state, place.facts) : undefined,
      };
    },

    async miss(counter, text, place) {
      const current = open(counter);
      if (!current) return { counter, said: [] };
      const { form, state } = current;
      const misses = (state.misses ?? 0) + 1;
      const slot = slotOf(form, state.asking);
      const read = slot && reading.answer(slot, text, { locale: place.locale, now: place.moment.now });
      const issue = slot && read && !read.ok ? [{ key: issueKey(slot.answer.kind, read.issue) }] : [];
      const counted = await note(counter, { ...state, misses });
      const many = misses >= MANY_MISSES;
      const general = { key: many ? "miss.three" : misses === 2 ? "miss.two" : "miss.one" };
      const notes = misses === 1 && issue.length > 0 ? issue : [...issue, general];
      return missed(counted, place, misses, notes);
    },

    async help(counter, place) {
      const current = open(counter);
      if (!current) return { counter, said: [] };
      const { form, state } = current;
      const slot = slotOf(form, state.asking);
      if (!slot || !hasHelp(slot)) return say(counter, place, [{ key: whyOf(state) }]);
      const misses = (state.misses ?? 0) + 1;
      const counted = await note(counter, { ...state, misses });
      return missed(counted, place, misses, [{ key: `dialogs:slots.${slot.name}.help` }]);
    },

    surely(counter, text) {
      const current = open(counter);
      const slot = current && slotOf(current.form, current.state.asking);
      return slot !== undefined && reading.surely(slot, text);
    },

    speaksOf(counter, text) {
      const current = open(counter);
      const slot = current && slotOf(current.form, current.state.asking);
      return slot !== undefined && reading.speaksOf(slot, text);
    },

    async other(counter, request, place) {
      const current = open(counter);
      if (!current) return say(counter, place);
      if (current.form.id === request) {
        // Wished for once more: the question, said as the wish that it belongs to.
        const asks = asking(current.form, current.state, place.facts);
        return asks
          ? { counter, said: [{ kind: "request", request, asks, begun: true }] }
          : say(counter, place);
      }
      const unsent = forms[request].end === "withdraw" && current.form.end === "file";
      const counted = await note(counter, { ...current.state, other: request });
      return {
        counter: counted,
        said: [
          {
            kind: "switch",
            request,
            from: current.form.id,
            n: current.state.n,
            ...(unsent ? { unsent } : {}),
          },
        ],
      };
    },

    async resume(counter, typed, place) {
      const code = readCode(typed);
      const failed: FormTurn = { counter, said: [{ kind: "told", notes: [{ key: "resume-failed" }] }] };
      if (!code.ok) return failed;
      const found = foundOf(place, "draft");
      if (!found) return { counter, said: [], lookup: { look: "draft", code: code.value } };
      if (found.locked)
        return { ...failed, said: [{ kind: "told", notes: [{ key: "resume-locked" }], person: true }] };
      const { draft } = found;
      if (!draft) return failed;
      const form = forms[draft.form];
      const n = counter.forms + 1;
      const known = draft.answers as Answers;
      const stack = await run(counter.stack, {
        do: "begin",
        form,
        n,
        known,
        facts: place.facts,
      });
      const turn = await say({ ...counter, stack, forms: n }, place, [{ key: "resumed" }]);
      return turn.lookup ? turn : { ...turn, changes: [{ do: "take", code: code.value }] };
    },
  };
}

const foundOf = <L extends Found["look"]>({ moment }: Place, look: L) =>
  moment.found?.find((found): found is Extract<Found, { look: L }> => found.look === look);

/** An address that leaves out the town of its postal code, or a part of it; one in another script stands for itself. */
function continued(prefix: string | undefined, value: Value): Value {
  if (prefix === undefined || typeof value !== "string" || isLatin(value)) return value;
  if (WHOLE_ADDRESS.test(value)) return value;
  // "丸の内1-8-1" after "東京都千代田区丸の内": what both hold is written once.
  for (let at = 0; at < prefix.length; at += 1)
    if (value.startsWith(prefix.slice(at))) return prefix.slice(0, at) + value;
  return `${prefix}${value}`;
}
/** A block and house number alone: "3-1-1", "3丁目1番". */
const BLOCK = /^[\d０-９一二三四五六七八九十]+\s?(?:[-－ー‐−の]|丁目|番).*/;
/** "1-8-1 Marunouchi, Chiyoda-ku": the other way round, and whole. */
const isLatin = (address: string): boolean => {
  const at = address.search(/[A-Za-z]{2}/);
  return at >= 0 && address.includes(",", at);
};
const WHOLE_ADDRESS = /^(?:〒?[\d０-９]{3}[-－ー][\d０-９]{4}\s*)?.{2,3}[都道府県]/;

/** Whether a question has words on what may be answered: where free words or an address are asked for, and no tale. */
const hasHelp = ({ answer, long }: Slot): boolean =>
  !long && (answer.kind === "text" || answer.kind === "address");

function leftOut(answers: Answers, name: string): Answers {
  const { [name]: _, ...rest } = answers;
  return rest;
}

const NOTHING = { values: {}, rest: [] };

const withNotes = (notes: Note[]) => (notes.length > 0 ? { notes } : {});

const whyOf = ({ asking }: FormState): string =>
  asking === REVIEW ? "why-review" : `dialogs:slots.${asking}.why`;

function shownOf({ confirms, ...view }: RequestView, { mails }: Pick<Place, "mails">) {
  return { ...view, receipt: showReceipt(view.receipt), ...(confirms && mails ? { confirms } : {}) };
}

function duplicateNote(open: RequestView & { own: boolean }): Note {
  const receipt = showReceipt(open.receipt);
  return open.own
    ? { key: "dialogs:review.duplicate-own", values: { receipt } }
    : { key: "dialogs:review.duplicate", values: { tail: receipt.slice(-4) }, on: open.receivedAt };
}
