import type { Locale } from "../reply/locale.ts";
import type { RequestType } from "../requests/request-type.ts";

/** What customers are mailed about. */
export type CustomerKind =
  | "receipt"
  | "awaiting-person"
  /** One business day before the last day on which the person is awaited, or on which a draft is kept. */
  | "reminder"
  | "draft"
  | "decided"
  | "withdrawn"
  | "expired"
  /** The code that confirms the address. */
  | "code";

/** What the desk's own address is mailed about. */
export type DeskKind = "new" | "due-soon" | "overdue";

/**
 * A notice that waits to be mailed. To customers: nothing personal beyond the receipt number (ten letters), never a
 * name, an answer, a status code, or words that staff wrote. To the desk: number and kind of request alone.
 */
export type Notice =
  | {
      for: "customer";
      kind: CustomerKind;
      to: string;
      locale: Locale;
      receipt?: string;
      /** The last day, YYYY-MM-DD in Japan. */
      on?: string;
      /** Six digits. */
      code?: string;
    }
  | { for: "desk"; kind: DeskKind; receipt: string; type: RequestType };

/** A notice and its time, ms since 1970: not before `dueAt`, not from `until` on. */
export interface Dated {
  notice: Notice;
  dueAt: number;
  until: number;
}
