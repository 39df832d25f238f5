import { type Locale, localeOf } from "../../../reply/locale.ts";
import type { Section } from "../../../reply/message.ts";
import type { Citation } from "../../../reply/words.ts";
import { type Form, formIn } from "./form.ts";
import { fields, list } from "./given.ts";

/** Something that was said, as the chat shows it. */
export interface Line {
  id: string;
  /** Milliseconds since 1970, by the server's clock. */
  at: number;
  by: "desk" | "customer";
  /** Language of its text; none where it is not known. */
  locale: Locale | undefined;
  text: string;
  /** Who says it, where the desk gives a name. */
  name: string;
  /** What can be chosen in answer; sent as text. */
  choices: string[];
  parts: Part[];
  /** The form that waits for the customer. */
  form: Form | undefined;
  /** What the customer's button meant. */
  command: string | undefined;
  /** Whether it can be rated: an answer, or the lack of one. */
  ratable: boolean;
  /** Tells that what was said before is erased. */
  clears: boolean;
  /** Opens the chat: the notice stands in its place. */
  opening: boolean;
  /** The name that the sender gave it, by which a tab knows its own words again. */
  key: string | undefined;
}

/** A part of a reply: what was said of one question. */
export interface Part {
  sections: Section[];
  citations: Citation[];
  /** Of a form: its sections are shown in their order. */
  guided: boolean;
}

const ROLES: readonly Section["role"][] = [
  "short",
  "full",
  "law",
  "source",
  "note",
  "question",
  "table",
  "receipt",
  "plain",
];
const GUIDED = ["request", "ask", "review", "receipt", "status"];
const RATABLE = ["answer", "out-of-scope", "clarify"];
/** Longest text that is shown; nothing that the desk sends comes near it. */
const MAX_TEXT = 20_000;

/** Reads a message of Direct Line; undefined for anything else. Whatever is missing or odd in it is left out. */
export function lineIn(activity: unknown): Line | undefined {
  const { type, id, timestamp, text, locale, from, value, replyToId, suggestedActions, channelData } =
    fields(activity);
  if (type !== "message" || typeof id !== "string") return undefined;
  const { role, name } = fields(from);
  const { madoguchi, madoguchiSections, clientActivityID } = fields(channelData);
  const by = role === "user" ? "customer" : "desk";
  const kind = fields(madoguchi).kind;
  const clears = by === "desk" && kind === "notice" && fields(madoguchi).notice === "erased";
  const last = list(fields(madoguchi).parts).at(-1) ?? madoguchi;
  const { command } = fields(value);
  const said = typeof text === "string" ? text.slice(0, MAX_TEXT) : "";
  return {
    id,
    at: Date.parse(String(timestamp)) || 0,
    by,
    locale: by === "desk" ? localeOf(locale) : undefined,
    text: said,
    name: typeof name === "string" ? name.slice(0, 100) : "",
    choices: by === "desk" ? choicesIn(suggestedActions) : [],
    parts: by === "desk" ? partsIn(madoguchi, madoguchiSections, said) : [],
    form: by === "desk" ? formIn(last) : undefined,
    command: by === "customer" && typeof command === "string" ? command : undefined,
    ratable: by === "desk" && typeof kind === "string" && RATABLE.includes(kind),
    clears,
    opening: by === "desk" && kind === "notice" && replyToId === undefined && !clears,
    key: typeof clientActivityID === "string" ? clientActivityID : undefined,
  };
}

/** 👍/👎 that another tab of this chat has given. */
export interface Rated {
  line: string;
  rating: "up" | "down";
}

export function ratedIn(activity: unknown): Rated | undefined {
  const { type, name, value } = fields(activity);
  const { activityId, rating } = fields(value);
  if (type !== "event" || name !== "feedback" || typeof activityId !== "string") return undefined;
  return rating === "up" || rating === "down" ? { line: activityId, rating } : undefined;
}

/** Whether the other side is writing. */
export function typingIn(activity: unknown): boolean {
  const { type, from } = fields(activity);
  return type === "typing" && fields(from).role !== "user";
}

function choicesIn(suggested: unknown): string[] {
  const titles = list(fields(suggested).actions).map((action) => fields(action).value);
  return titles.filter((title) => typeof title === "string" && title !== "") as string[];
}

function partsIn(words: unknown, sections: unknown, text: string): Part[] {
  const parts = list(fields(words).parts);
  const each = parts.length > 0 ? parts : [words];
  const told = list(sections);
  if (told.length === 0 || told.length !== each.length)
    return [{ sections: [{ role: "plain", text }], citations: each.flatMap(citationsIn), guided: false }];
  return each.map((part, i) => ({
    sections: list(told[i]).flatMap(sectionIn),
    citations: citationsIn(part),
    guided: GUIDED.includes(String(fields(part).kind)),
  }));
}

function sectionIn(given: unknown): Section[] {
  const { role, text } = fields(given);
  const known = ROLES.find((r) => r === role);
  return known && typeof text === "string" ? [{ role: known, text: text.slice(0, MAX_TEXT) }] : [];
}

function citationsIn(part: unknown): Citation[] {
  return list(fields(part).citations).flatMap((given) => {
    const { clause, operator, title, heading, date, url } = fields(given);
    if (![clause, operator, title, heading, url].every((f) => typeof f === "string")) return [];
    const texts = { clause, operator, title, heading, url } as Record<
      "clause" | "operator" | "title" | "heading" | "url",
      string
    >;
    return [{ ...texts, date: typeof date === "string" ? date : null }];
  });
}
