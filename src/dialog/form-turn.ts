import type { Locale } from "../reply/locale.ts";
import type { Said } from "../reply/said.ts";
import type { Change, Found, Lookup } from "../requests/register.ts";
import type { Facts } from "./form/form.ts";
import type { Counter, Moment } from "./open.ts";

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

/** What a look-up of this turn has found; undefined when it was not looked up yet. */
export const foundOf = <L extends Found["look"]>({ moment }: Place, look: L) =>
  moment.found?.find((found): found is Extract<Found, { look: L }> => found.look === look);
