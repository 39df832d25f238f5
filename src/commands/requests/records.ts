import { answerText, type Wording } from "../../agent-console/register/words.ts";
import { daysLeft, dueOn, twoWeeks } from "../../requests/clock.ts";
import { line } from "../../requests/csv.ts";
import { dataRightsStatus } from "../../requests/data-rights.ts";
import { dayOf } from "../../requests/deadline.ts";
import type { Listed, Opened } from "../../requests/docket.ts";

/** Numbers, states and days: nothing that a person told. */
function recordOf(wording: Wording, request: Listed, now: number) {
  const { type, locale, version, promisedOn, pausedOn, until, closedAt, receivedAt } = request;
  const runs = closedAt === null;
  return {
    ...dataRightsStatus(request),
    type,
    locale,
    version,
    promised_on: promisedOn,
    waiting_since: pausedOn,
    waiting_until: until,
    closed_on: closedAt === null ? null : dayOf(closedAt),
    days_left: runs ? daysLeft(request, now) : null,
    due: runs ? (dueOn(request, now) ?? null) : null,
    suit_from: wording.twoWeeks(type) ? twoWeeks(receivedAt).suitFrom : null,
  };
}

type Revealed = Listed & Partial<Pick<Opened, "answers">>;

/** One request as JSON; with its answers where it brings them. */
export const jsonRecord = (wording: Wording, request: Revealed, now: number): string =>
  JSON.stringify({
    ...recordOf(wording, request, now),
    ...(request.answers ? { answers: request.answers } : {}),
  });

const COLUMNS = [
  "request_id",
  "received_at",
  "expected_by",
  "status",
  "reason",
  "processing_details",
  "type",
  "locale",
  "version",
  "promised_on",
  "waiting_since",
  "waiting_until",
  "closed_on",
  "days_left",
  "due",
  "suit_from",
] as const satisfies (keyof ReturnType<typeof recordOf>)[];

/** Every question of every form has a column, whatever request is in the line. */
const slotNames = ({ forms }: Wording): string[] => [
  ...new Set(Object.values(forms).flatMap(({ slots }) => slots.map(({ name }) => name))),
];

/** Begins with the mark by which spreadsheets know UTF-8. */
export const csvHead = (wording: Wording, reveal: boolean): string =>
  `\ufeff${line([...COLUMNS, ...(reveal ? slotNames(wording).map((name) => `answers.${name}`) : [])])}`;

export function csvRecord(wording: Wording, request: Revealed, now: number): string {
  const record = recordOf(wording, request, now);
  const { answers } = request;
  const { slots } = wording.forms[request.type];
  const told = answers
    ? slotNames(wording).map((name) => {
        const [slot, value] = [slots.find((each) => each.name === name), answers[name]];
        return slot && value !== undefined ? answerText(wording, slot, value as never, true) : null;
      })
    : [];
  return line([...COLUMNS.map((name) => record[name]), ...told]);
}
