import type { Form, Slot } from "../../dialog/form/form.ts";
import type { Line, OpenedHandoff } from "../../handoff/desk.ts";
import type { Locale, Localized } from "../../reply/locale.ts";
import type { Texts } from "../../reply/texts.ts";
import type { RequestType } from "../../requests/request-type.ts";
import { visible } from "../register/words.ts";
import type { ChatLine } from "./chats.ts";
import type { ShownCallback, ShownChat, ShownForm, ShownLine, ShownNote, ShownRevealed } from "./shown.ts";

/** What showing a chat to somebody needs. */
export interface ChatShowing {
  texts: Texts;
  /** The reader's language. */
  locale: Locale;
  forms: Readonly<Record<RequestType, Form>>;
  /** Blacks out personal numbers. */
  mask: (text: string) => string;
  /** Id of the reader's account. */
  reader: string;
}

/** Slots of `reveal` that are no question of a form. */
const CONTACT = "callback-contact";
const LINE = /^line:([1-9]\d{0,8})$/;

/** A status code opens a request to whoever knows its number: it is the customer's alone. */
const CODE = /\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b/g;

/** What a talk may be about, by topic or `request:<type>`. */
export type Titles = ReadonlyMap<string, { title: Localized }>;

export function shownChat(topics: Titles, chat: ChatLine): ShownChat {
  const { id, operator, channel, locale, state, way, trigger, topic, agent, callback } = chat;
  const { requestedAt, assignedAt, doneAt, customerSeq, readSeq, activeAt, rating, version } = chat;
  const title = topic === null ? undefined : topics.get(topic)?.title;
  return {
    id,
    operator,
    channel,
    language: locale,
    state,
    way,
    trigger,
    topic: topic !== null && title ? { id: topic, title } : null,
    agent: agent && { id: agent.id, name: visible(agent.name) },
    requestedAt,
    assignedAt,
    doneAt,
    targetOn: callback?.targetOn ?? null,
    customerSeq,
    readSeq,
    activeAt,
    rating,
    version,
  };
}

/** Lines of a chat in order; `before`: the one before the first, which may have asked what that one answers. */
export function shownLines(showing: ChatShowing, lines: readonly Line[], before?: Line): ShownLine[] {
  return lines.map((line, i) => {
    const { id, seq, at, by, name, citations } = line;
    const whole = wholeOf(line);
    const text = maskedText(showing, line, lines[i - 1] ?? before, whole);
    return {
      id,
      seq,
      at,
      by,
      name: visible(name),
      text,
      masked: text !== whole,
      citations: citations.map(({ clause, title, url }) => ({ clause, title, url })),
    };
  });
}

function maskedText(showing: ChatShowing, line: Line, before: Line | undefined, whole: string): string {
  const { mask, texts, locale } = showing;
  const slot = line.by === "customer" ? askedBy(showing, before) : undefined;
  if (slot?.sensitive) return texts[locale]("staff:hidden", { count: Array.from(whole).length });
  return mask(whole);
}

/** What everybody may see of a line. Whoever cites has the citation's words below their own. */
function wholeOf({ by, text, citations: [cited] }: Line): string {
  if (by === "bot") return visible(text.replaceAll(CODE, "****-****"));
  const source = cited ? `\n\n${cited.title}\n${cited.url}` : "";
  const own = by === "agent" && source !== "" && text.endsWith(source) ? text.slice(0, -source.length) : text;
  return visible(own);
}

function askedBy({ forms }: ChatShowing, before: Line | undefined): Slot | undefined {
  const { asks } = before ?? {};
  if (!asks) return undefined;
  const form = Object.values(forms).find(({ id }) => id === asks.form);
  return form?.slots.find(({ name }) => name === asks.slot);
}

export function shownNotes(showing: ChatShowing, { notes }: OpenedHandoff): ShownNote[] {
  const { mask, reader } = showing;
  return notes.map(({ at, by, name, text }) => ({
    at,
    name: visible(name),
    own: by === reader,
    text: visible(mask(text)),
  }));
}

export function shownForm({ texts, locale }: ChatShowing, { form, whole }: OpenedHandoff): ShownForm | null {
  if (!form) return null;
  const { type, n, asking, rows, question } = form;
  const all = new Map(whole?.rows.map(({ slot, value }) => [slot, value]));
  return {
    type,
    title: texts[locale](`requests:${type}`),
    n,
    asking: question && {
      slot: asking,
      label: question.label,
      input: question.input,
      choices: question.choices.map(({ value, title }) => ({ value, title })),
      optional: question.optional,
    },
    rows: rows.map(({ slot, label, value }) => ({
      slot,
      label,
      text: visible(value),
      masked: all.get(slot) !== value,
    })),
  };
}

export function shownCallback({ mask }: ChatShowing, { handoff }: OpenedHandoff): ShownCallback | null {
  const { callback } = handoff;
  if (!callback) return null;
  const { number, targetOn, contact, text } = callback;
  return { number, targetOn, contact: contact && visible(mask(contact)), text: visible(mask(text)) };
}

/** The whole of what was asked for; `lines`: those that were. What is not there is left out. */
export function shownWhole(
  { texts, locale }: ChatShowing,
  { whole, handoff }: OpenedHandoff,
  slots: readonly string[],
  lines: readonly Line[],
): ShownRevealed["rows"] {
  return slots.flatMap((slot) => {
    if (slot === CONTACT) {
      const { callback } = handoff;
      const text = callback ? [callback.contact ?? "", callback.text].filter((part) => part).join("\n") : "";
      const label = texts[locale]("console:inbox.callback-contact");
      return callback ? [{ slot, label, text: visible(text) }] : [];
    }
    const seq = lineSlot(slot);
    const line = seq === undefined ? undefined : lines.find((one) => one.seq === seq);
    if (line) return [{ slot, label: "", text: wholeOf(line) }];
    const row = whole?.rows.find((one) => one.slot === slot);
    return row ? [{ slot, label: row.label, text: visible(row.value) }] : [];
  });
}

/** The `seq` that a slot of `reveal` names; undefined when it names something else. */
export function lineSlot(slot: string): number | undefined {
  const [, seq] = LINE.exec(slot) ?? [];
  return seq === undefined ? undefined : Number(seq);
}
