import type { Form, Slot, Value } from "../../dialog/form/form.ts";
import type { FormReading } from "../../dialog/reading.ts";
import type { Locale } from "../../reply/locale.ts";
import { dayText } from "../../reply/pieces/day.ts";
import type { Texts } from "../../reply/texts.ts";
import { daysLeft, dueOn, twoWeeks } from "../../requests/clock.ts";
import { dayOf } from "../../requests/deadline.ts";
import type { Listed, Opened, Posted } from "../../requests/docket.ts";
import { showReceipt } from "../../requests/receipt.ts";
import type { RequestType } from "../../requests/request-type.ts";
import type { RequestEvent } from "../../requests/state.ts";
import { mask } from "../../understanding/personal/mask.ts";

/** Everything that wording a request for the staff needs. */
export interface Wording {
  texts: Texts;
  locale: Locale;
  forms: Readonly<Record<RequestType, Form>>;
  reading: FormReading;
  /** Whether the two weeks of article 39 apply. */
  twoWeeks(type: RequestType): boolean;
}

/** Nothing that a terminal takes for an order, and no writing against the direction. */
const ORDERS = /[^\P{Cc}\n]|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const plain = (text: string): string => text.replace(ORDERS, "\ufffd").replaceAll("\n", " / ");

/** One request in the list: number, target, days left, flags, type, state. */
export function listLine(wording: Wording, request: Listed, now: number): string {
  const { texts, locale } = wording;
  const t = texts[locale];
  const { receipt, type, state, targetOn, pausedOn, until, closedAt, receivedAt } = request;
  const left = daysLeft(request, now);
  const due = closedAt === null && dueOn(request, now);
  const clock =
    closedAt !== null
      ? [t("staff:list.closed", { day: dayOf(closedAt) })]
      : [
          left < 0 ? t("staff:list.late", { days: -left }) : t("staff:list.left", { days: left }),
          ...(due === "due-soon" ? [t("staff:list.due-soon")] : []),
          ...(due === "overdue" ? [t("staff:list.overdue")] : []),
          ...(pausedOn === null ? [] : [t("staff:list.paused", { day: pausedOn })]),
          ...(until === null ? [] : [t("staff:list.until", { day: until })]),
          ...(wording.twoWeeks(type) ? [t("staff:list.suit", { day: twoWeeks(receivedAt).suitFrom })] : []),
        ];
  return [
    showReceipt(receipt),
    t("staff:list.target", { day: targetOn }),
    ...clock,
    t(`requests:${type}`),
    t(`staff:state.${state}`),
  ].join(" | ");
}

/**
 * An answer in words; a masked one shows enough to recognise it by, one in free words nothing. What does not fit its
 * question any more, since the form was changed, is shown raw or not at all.
 */
export function answerText(wording: Wording, slot: Slot, value: Value, reveal: boolean): string {
  const { texts, locale, reading } = wording;
  const t = texts[locale];
  if (value === null) return "";
  const raw = typeof value === "string" ? value : JSON.stringify(value);
  const hidden = () => (reveal ? plain(raw) : t("staff:hidden", { count: Array.from(raw).length }));
  if ("values" in slot.answer) {
    const { values } = slot.answer;
    const chosen: unknown[] = [value].flat();
    const titles = values.filter((each) => chosen.includes(each));
    return titles.length === chosen.length
      ? titles.map((each) => t(`dialogs:slots.${slot.name}.values.${each}`)).join(", ")
      : hidden();
  }
  if (slot.answer.kind === "text") return hidden();
  const { sensitive: _, ...open } = slot;
  try {
    return plain(reading.show(reveal ? open : slot, value, locale));
  } catch {
    return hidden();
  }
}

/** All of a request; personal data only when it is revealed. */
export function showText(wording: Wording, request: Opened, now: number, reveal: boolean): string {
  const t = wording.texts[wording.locale];
  const { type, state, promisedOn, version, answers, events, notes, papers, notices, receivedAt } = request;
  const hide = (text: string) => plain(reveal ? text : mask(text).text);
  const told = slotsOf(wording, request).map(
    ([slot, value]) =>
      `  ${t(`dialogs:slots.${slot.name}.label`)}: ${answerText(wording, slot, value, reveal)}`,
  );
  // What a form no longer asks is there all the same, for whoever may see it.
  const known = new Set(wording.forms[type].slots.map(({ name }) => name));
  const rest = reveal
    ? Object.entries(answers)
        .filter(([name]) => !known.has(name))
        .map(([name, value]) => `  ${name}: ${plain(JSON.stringify(value))}`)
    : [];
  return [
    listLine(wording, request, now),
    t("staff:show.type", { title: t(`requests:${type}`) }),
    t("staff:show.state", { state: t(`staff:state.${state}`) }),
    t("staff:show.received", { time: timeText(receivedAt) }),
    t("staff:show.promised", { day: dayText(promisedOn, wording.locale) }),
    t("staff:show.version", { version }),
    "",
    t("staff:show.answers"),
    ...told,
    ...rest,
    ...(reveal ? [] : [t("staff:show.masked")]),
    "",
    t("staff:show.events"),
    ...events.flatMap((event) => eventLines(wording, event, hide)),
    ...(notes.length > 0 ? ["", t("staff:show.notes")] : []),
    ...notes.map(({ at, by, text }) => `  ${timeText(at)} ${plain(by)}: ${hide(text)}`),
    ...(notices.length > 0 ? ["", t("staff:show.notices")] : []),
    ...notices.map((posted) => noticeLine(wording, posted)),
    ...(papers.length > 0 ? ["", t("staff:show.papers", { count: papers.length })] : []),
  ].join("\n");
}

function noticeLine({ texts, locale }: Wording, { kind, for: to, at, state, tries }: Posted): string {
  const t = texts[locale];
  return `  ${t("staff:notice.line", {
    time: timeText(at),
    kind: t(`staff:notice.kind.${kind}`),
    to: t(`staff:notice.to.${to}`),
    state: t(`staff:notice.state.${state}`, { tries }),
  })}`;
}

function slotsOf({ forms }: Pick<Wording, "forms">, { type, answers }: Opened): [Slot, Value][] {
  return forms[type].slots.flatMap((slot): [Slot, Value][] => {
    const value = answers[slot.name] as Value | undefined;
    return value === undefined ? [] : [[slot, value]];
  });
}

function eventLines(
  { texts, locale }: Wording,
  event: RequestEvent,
  hide: (text: string) => string,
): string[] {
  const t = texts[locale];
  const by = t(`staff:by.${event.by}`, { name: plain(event.name ?? "") }).trim();
  const lines = [`  ${timeText(event.at)} ${t(`staff:state.${event.kind}`)} (${by})`];
  if ("reason" in event && event.reason)
    lines.push(`    ${t("staff:show.reason", { reason: hide(event.reason) })}`);
  if ("ground" in event) lines.push(`    ${t("staff:show.ground", { ground: event.ground })}`);
  if ("text" in event && event.text)
    lines.push(`    ${t("staff:show.text", { text: hide(event.text[locale]) })}`);
  return lines;
}

/** A moment in Japan: 2026-11-16 10:00. */
const timeText = (at: number): string =>
  new Date(at + 9 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
