import { answerText, plain, slotsOf, timeText, type Wording } from "../../agent-console/register/words.ts";
import { dayText } from "../../reply/pieces/day.ts";
import { daysLeft, dueOn, twoWeeks } from "../../requests/clock.ts";
import { dayOf } from "../../requests/deadline.ts";
import type { Listed, Opened, Posted } from "../../requests/docket.ts";
import { showReceipt } from "../../requests/receipt.ts";
import type { RequestEvent } from "../../requests/state.ts";
import { mask } from "../../understanding/personal/mask.ts";

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
