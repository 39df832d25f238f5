import type { Asking, Note, Row } from "../reply/said.ts";
import { readCode } from "../requests/receipt.ts";
import type { RequestType } from "../requests/request-type.ts";
import type { FormAct } from "../understanding/command.ts";
import { issueKey } from "../understanding/slots/parser.ts";
import { createActs } from "./acts.ts";
import { answer } from "./answering.ts";
import { asking, rows, whyOf, withNotes } from "./asked.ts";
import { advance } from "./form/advance.ts";
import type { Answers, Form, Slot } from "./form/form.ts";
import { slotOf } from "./form/path.ts";
import { run } from "./form-dialog.ts";
import { type FormTurn, foundOf, type Place } from "./form-turn.ts";
import type { Counter } from "./open.ts";
import type { FormReading } from "./reading.ts";
import { createSteps } from "./steps.ts";

/** Misses in a row after which a person is offered. */
const MANY_MISSES = 3;

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
  const steps = createSteps({ forms, reading });
  const { open, say, begin, note } = steps;

  /** Says what is wrong with an answer, and after three in a row that a person may help. */
  const missed = async (counter: Counter, place: Place, misses: number, notes: Note[]): Promise<FormTurn> => {
    const turn = await say(counter, place, notes);
    return misses >= MANY_MISSES && turn.said.length > 0
      ? { ...turn, said: [...turn.said, { kind: "handoff", offered: true }] }
      : turn;
  };

  return {
    begin,
    act: createActs(steps, consent),
    answer: (counter, text, place) => answer(steps, counter, text, place),

    again(counter, place, notes = []) {
      const current = open(counter);
      if (!current) return { counter, said: [] };
      const { form, state } = current;
      const question = asking(form, state, place.facts);
      if (question) return { counter, said: [{ kind: "ask", ...question, ...withNotes(notes) }] };
      if (form.end !== "file")
        return { counter, said: [{ kind: "told", notes: [...notes, { key: "dialogs:withdraw.open" }] }] };
      const shown = rows(reading, form, state.answers, place);
      return {
        counter,
        said: [{ kind: "review", form: form.id, n: state.n, rows: shown, ...withNotes(notes) }],
      };
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
        rows: rows(reading, form, state.answers, place, whole),
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

/** Whether a question has words on what may be answered: where free words or an address are asked for, and no tale. */
const hasHelp = ({ answer, long }: Slot): boolean =>
  !long && (answer.kind === "text" || answer.kind === "address");
