import type { Procedure } from "../../knowledge/content.ts";
import { daysLeft, dueOn, twoWeeks } from "../../requests/clock.ts";
import { dayOf } from "../../requests/deadline.ts";
import { DECISIONS, type Listed, type Opened, type Prepared } from "../../requests/docket.ts";
import { GROUNDS } from "../../requests/grounds.ts";
import { type RequestEvent, waysFrom } from "../../requests/state.ts";
import type {
  ShownAnswer,
  ShownEvent,
  ShownGround,
  ShownLine,
  ShownMove,
  ShownPrepared,
  ShownRequest,
} from "./shown.ts";
import { answerText, plain, slotsOf, timeText, visible, type Wording } from "./words.ts";

/** What showing needs besides the request. */
export interface Showing extends Wording {
  now: number;
  /** Blacks out personal numbers. */
  mask: (text: string) => string;
  grounds: (type: Listed["type"]) => Procedure["grounds"];
  /** Id of the reader's account. */
  reader: string;
}

/** A request in the list: nothing that a person told. */
export function shownLine(showing: Showing, request: Listed): ShownLine {
  const { texts, locale, now, twoWeeks: applies } = showing;
  const { receipt, type, state, targetOn, pausedOn, until, closedAt, receivedAt } = request;
  const runs = closedAt === null;
  return {
    receipt,
    type,
    title: texts[locale](`requests:${type}`),
    state,
    stateTitle: texts[locale](`staff:state.${state}`),
    targetOn,
    daysLeft: runs ? daysLeft(request, now) : null,
    due: (runs && dueOn(request, now)) || null,
    pausedOn: runs ? pausedOn : null,
    until: runs ? until : null,
    closedOn: closedAt === null ? null : dayOf(closedAt),
    suitFrom: runs && applies(type) ? twoWeeks(receivedAt).suitFrom : null,
    language: request.locale,
  };
}

/** All of a request, masked. */
export function shownRequest(showing: Showing, request: Opened): ShownRequest {
  const { version, receivedAt, promisedOn, events, notes, papers, prepared, state } = request;
  return {
    ...shownLine(showing, request),
    version,
    received: timeText(receivedAt),
    promisedOn,
    answers: shownAnswers(showing, request, false),
    events: events.map((event) => shownEvent(showing, request, event)),
    notes: notes.map(({ at, by, text }) => ({
      at: timeText(at),
      by: plain(by),
      text: shownWords(showing, text),
    })),
    papers: papers.map(({ at, by }) => ({ at: timeText(at), by: plain(by) })),
    moves: shownMoves(showing, request),
    grounds: shownGrounds(showing, request),
    prepared: prepared && shownPrepared(showing, request, prepared),
    letter: DECISIONS.some((each) => each === state),
  };
}

/** The answers of its form; `reveal`: whole. */
export function shownAnswers(showing: Showing, request: Opened, reveal: boolean): ShownAnswer[] {
  const t = showing.texts[showing.locale];
  return slotsOf(showing, request).map(([slot, value]) => {
    const [text, whole] = [answerText(showing, slot, value, reveal), answerText(showing, slot, value, true)];
    return { slot: slot.name, label: t(`dialogs:slots.${slot.name}.label`), text, masked: text !== whole };
  });
}

function shownEvent(showing: Showing, request: Opened, event: RequestEvent): ShownEvent {
  const { texts, locale } = showing;
  const t = texts[locale];
  return {
    at: timeText(event.at),
    kind: event.kind,
    title: t(`staff:state.${event.kind}`),
    by: t(`staff:by.${event.by}`, { name: plain(event.name ?? "") }).trim(),
    second: event.second === undefined ? null : plain(event.second),
    reason: "reason" in event && event.reason ? shownWords(showing, event.reason) : null,
    ground: "ground" in event ? groundTitle(showing, request, event.ground) : null,
    text: "text" in event && event.text ? shownWords(showing, event.text[locale]) : null,
  };
}

/** What the staff wrote: whoever wrote down a number of a customer's has not asked whether it may be seen. */
const shownWords = ({ mask }: Showing, text: string): string => visible(mask(text));

function shownMoves({ texts, locale }: Showing, request: Opened): ShownMove[] {
  return waysFrom(request, "officer").map(({ to, needs }) => ({
    to,
    title: texts[locale](`staff:state.${to}`),
    needs,
    until: to === "identity-check" || to === "awaiting-person",
    decision: DECISIONS.some((each) => each === to),
  }));
}

const shownGrounds = (showing: Showing, request: Opened): ShownGround[] =>
  GROUNDS[request.type].map((ground) => ({ ground, title: groundTitle(showing, request, ground) }));

const groundTitle = ({ grounds, locale }: Showing, { type }: Opened, ground: string): string =>
  grounds(type)[ground]?.[locale] ?? ground;

function shownPrepared(showing: Showing, request: Opened, { step, by, at }: Prepared): ShownPrepared {
  const { texts, locale, reader } = showing;
  return {
    at,
    when: timeText(at),
    by: plain(by.name),
    own: by.account === reader,
    kind: step.kind,
    title: texts[locale](`staff:state.${step.kind}`),
    reason: step.reason ? visible(step.reason) : null,
    ground: "ground" in step ? groundTitle(showing, request, step.ground) : null,
    text: step.text ? { ja: visible(step.text.ja), en: visible(step.text.en) } : null,
  };
}
