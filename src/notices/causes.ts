import type { Locale } from "../reply/locale.ts";
import { businessDayBefore, plusDays } from "../requests/deadline.ts";
import { CODE_MS } from "../requests/identity.ts";
import type { MailAddress } from "../requests/register.ts";
import type { RequestType } from "../requests/request-type.ts";
import type { RequestEvent } from "../requests/state.ts";
import type { CustomerKind, Dated, DeskKind } from "./notice.ts";

/** How long a mail server may be away before a notice is given up. */
const GIVE_UP_MS = 3 * 86_400_000;
/**
 * Anybody can name another's address: what customers cause by themselves is mailed to one address this often within 24
 * hours. What is needed of the person, decisions, reminders and endings always go; codes have a limit of their own.
 */
export const MOST_A_DAY = 10;
export const DAY_MS = 86_400_000;
export const CAUSED_BY_CUSTOMERS: readonly CustomerKind[] = ["receipt", "withdrawn", "draft"];

/** Who is told at all. */
export interface Audience {
  /** Mail is set up. */
  customers: boolean;
  /** Operators whose desk has an address of its own. */
  desks: ReadonlySet<string>;
}

/** What a notice may know of a request. */
export interface About {
  operator: string;
  type: RequestType;
  receipt: string;
  locale: Locale;
  mail?: MailAddress | undefined;
}

const TOLD: Readonly<Partial<Record<RequestEvent["kind"], CustomerKind>>> = {
  received: "receipt",
  "awaiting-person": "awaiting-person",
  answered: "decided",
  "partly-answered": "decided",
  "no-such-data": "decided",
  refused: "decided",
  withdrawn: "withdrawn",
  expired: "expired",
};
const TOLD_DESK: Readonly<Partial<Record<RequestEvent["kind"], DeskKind>>> = {
  received: "new",
  "due-soon": "due-soon",
  overdue: "overdue",
};

/** Whom an event of a request gives cause to write to, and when. Pure. */
export function noticesOf(about: About, event: RequestEvent, { customers, desks }: Audience): Dated[] {
  const { operator, type, receipt } = about;
  const now = { dueAt: event.at, until: event.at + GIVE_UP_MS };
  const customer = customers ? customerOf(about) : undefined;
  const told = TOLD[event.kind];
  const desk = TOLD_DESK[event.kind];
  const until = "until" in event ? event.until : undefined;
  return [
    ...(customer && told
      ? [{ ...now, notice: { ...customer, kind: told, ...(until === undefined ? {} : { on: until }) } }]
      : []),
    ...(customer && until !== undefined ? reminder(customer, "reminder", until, event.at) : []),
    ...(desk && desks.has(operator)
      ? [{ ...now, notice: { for: "desk" as const, kind: desk, receipt, type } }]
      : []),
  ];
}

/** A saved form lapses at `until`. Its code is told to nobody again. */
export function draftReminder(
  { mail, locale, until }: { mail: MailAddress | undefined; locale: Locale; until: number },
  now: number,
  { customers }: Audience,
): Dated[] {
  if (!customers || mail?.use !== "reply") return [];
  const lastDay = new Date(until + 9 * 3_600_000).toISOString().slice(0, 10);
  return reminder({ for: "customer", to: mail.to, locale }, "draft", lastDay, now).map((dated) => ({
    ...dated,
    until,
  }));
}

/** The mail with a code: it goes to whatever address the request is about, and at once or never. */
export function codeNotice({ mail, locale, receipt }: About, code: string, now: number): Dated | undefined {
  if (!mail) return undefined;
  const notice = { for: "customer", kind: "code", to: mail.to, locale, receipt, code } as const;
  return { notice, dueAt: now, until: now + CODE_MS };
}

/** Only an address that was told for replies is written to. */
function customerOf({ mail, locale, receipt }: About) {
  return mail?.use === "reply" ? { for: "customer" as const, to: mail.to, locale, receipt } : undefined;
}

/** At nine in the morning of the business day before; nothing when that has passed. */
function reminder(
  customer: { for: "customer"; to: string; locale: Locale; receipt?: string },
  kind: "reminder" | "draft",
  lastDay: string,
  now: number,
): Dated[] {
  const dueAt = Date.parse(`${businessDayBefore(lastDay)}T09:00:00+09:00`);
  if (dueAt <= now) return [];
  const until = Date.parse(`${plusDays(lastDay, 1)}T00:00:00+09:00`);
  return [{ notice: { ...customer, kind, on: lastDay }, dueAt, until }];
}
