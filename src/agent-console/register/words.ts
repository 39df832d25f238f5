import type { Form, Slot, Value } from "../../dialog/form/form.ts";
import type { FormReading } from "../../dialog/reading.ts";
import type { Locale } from "../../reply/locale.ts";
import type { Texts } from "../../reply/texts.ts";
import type { Opened } from "../../requests/docket.ts";
import type { RequestType } from "../../requests/request-type.ts";

/** Everything that wording a request for the staff needs. */
export interface Wording {
  texts: Texts;
  locale: Locale;
  forms: Readonly<Record<RequestType, Form>>;
  reading: FormReading;
  /** Whether the two weeks of article 39 apply. */
  twoWeeks: (type: RequestType) => boolean;
}

/** What a terminal takes for an order, what writes against the direction, and what nobody sees. */
const ORDERS = /[^\P{Cc}\n]|[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;
/** A person's words with a mark in the place of each such character. */
export const visible = (text: string): string => text.replace(ORDERS, "\ufffd");
/** The same on one line. */
export const plain = (text: string): string => visible(text).replaceAll("\n", " / ");

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

/** The questions of the form that were answered, in its order. */
export function slotsOf({ forms }: Pick<Wording, "forms">, { type, answers }: Opened): [Slot, Value][] {
  return forms[type].slots.flatMap((slot): [Slot, Value][] => {
    const value = answers[slot.name] as Value | undefined;
    return value === undefined ? [] : [[slot, value]];
  });
}

/** A moment in Japan: 2026-11-16 10:00. */
export const timeText = (at: number): string =>
  new Date(at + 9 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
