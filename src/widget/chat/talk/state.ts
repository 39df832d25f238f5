import type { Locale } from "../../../reply/locale.ts";
import type { Connection } from "../line/listener.ts";
import type { Kept } from "../line/siblings.ts";
import type { Form } from "./form.ts";
import { type Line, lineIn, ratedIn, typingIn } from "./line.ts";

/** Own words that the server has not shown back yet. */
export interface Unsent {
  /** The same in every try, so that the desk takes it once. */
  key: string;
  text: string;
  /** What a button of ours means, where it is more than its words. */
  command: string | undefined;
  /** Types of files that came with it and stay where they are. */
  files: readonly string[] | undefined;
  at: number;
  status: "sending" | "failed";
}

/** All that the chat shows. */
export interface Talk {
  connection: Connection;
  /** Language of our own words around the messages. */
  locale: Locale;
  /** As the server has them, in its order. */
  lines: readonly Line[];
  unsent: readonly Unsent[];
  ratings: Readonly<Record<string, "up" | "down">>;
  /** When the other side was last seen writing, in milliseconds since 1970. */
  typingAt: number;
  /** The desk's lines that came while this page was there, in order: to be read out. */
  arrived: readonly Line[];
  /** The customer has deleted this chat. */
  erased: boolean;
  /** How much of it is kept at the desk all the same; "unknown": it was gone before this browser heard. */
  kept: Kept;
}

export function emptyTalk(locale: Locale): Talk {
  return {
    connection: "connecting",
    locale,
    lines: [],
    unsent: [],
    ratings: {},
    typingAt: 0,
    arrived: [],
    erased: false,
    kept: "nothing",
  };
}

/**
 * What was heard, put in: nothing twice, own words in the place of what was waiting; a line that comes again with other
 * words (the desk blacks out personal numbers) in the place where it was. What is erased is shown no more.
 */
export function heard(talk: Talk, activities: readonly unknown[], history: boolean, now: number): Talk {
  const fresh: Line[] = [];
  const replaced = new Map<string, Line>();
  const isKnown = (id: string) => talk.lines.some((l) => l.id === id) || fresh.some((l) => l.id === id);
  const ratings = { ...talk.ratings };
  let typingAt = talk.typingAt;
  let cleared = false;
  for (const activity of activities) {
    const rated = ratedIn(activity);
    if (rated) ratings[rated.line] = rated.rating;
    if (typingIn(activity)) typingAt = now;
    const line = lineIn(activity);
    if (!line) continue;
    if (isKnown(line.id)) {
      replaced.set(line.id, line);
      continue;
    }
    if (line.clears) {
      fresh.length = 0;
      cleared = true;
    }
    fresh.push(line);
    if (line.by === "desk") typingAt = 0;
  }
  const said = history ? [] : fresh.filter((line) => line.by === "desk");
  const shown = new Set(fresh.map((line) => line.key).filter((key) => key !== undefined));
  const last = fresh.findLast((line) => line.locale !== undefined);
  const isOther = (line: Line) => (replaced.get(line.id)?.text ?? line.text) !== line.text;
  const lines =
    replaced.size > 0 && talk.lines.some(isOther)
      ? talk.lines.map((line) => (isOther(line) ? (replaced.get(line.id) ?? line) : line))
      : talk.lines;
  return {
    ...talk,
    locale: last?.locale ?? talk.locale,
    lines: fresh.length > 0 ? [...(cleared ? [] : lines), ...fresh] : lines,
    unsent: shown.size > 0 ? talk.unsent.filter(({ key }) => !shown.has(key)) : talk.unsent,
    ratings,
    typingAt,
    arrived: said.length > 0 ? [...talk.arrived, ...said] : talk.arrived,
  };
}

export function sending(talk: Talk, unsent: Unsent): Talk {
  const others = talk.unsent.filter(({ key }) => key !== unsent.key);
  return { ...talk, unsent: [...others, unsent] };
}

export function failed(talk: Talk, key: string): Talk {
  return {
    ...talk,
    unsent: talk.unsent.map((u) => (u.key === key ? { ...u, status: "failed" as const } : u)),
  };
}

export function discarded(talk: Talk, key: string): Talk {
  return { ...talk, unsent: talk.unsent.filter((u) => u.key !== key) };
}

/** What can be chosen now: the choices of the desk's last line, while nothing was said since. */
export function liveChoices(talk: Talk): readonly string[] {
  const last = talk.lines.at(-1);
  return last?.by === "desk" && talk.unsent.length === 0 ? last.choices : [];
}

/** The form that can be answered now. */
export function liveForm(talk: Talk): Form | undefined {
  const last = talk.lines.at(-1);
  return last?.by === "desk" && talk.unsent.length === 0 && talk.connection !== "ended"
    ? last.form
    : undefined;
}

/** Whether a person has been called and is awaited, or is here; undefined: the bot has the chat. */
export function personIn({ lines, connection }: Talk): "awaited" | "here" | undefined {
  if (connection === "ended") return undefined;
  const last = lines.findLast(({ handoff }) => handoff !== undefined)?.handoff;
  return last === "assigned" ? "here" : last === "requested" ? "awaited" : undefined;
}

/** Whether the customer has said something that was not answered yet. */
export function isAwaiting(talk: Talk): boolean {
  // A person answers when they answer, and shows when they write.
  if (personIn(talk) === "here") return talk.unsent.some((u) => u.status === "sending");
  return talk.lines.at(-1)?.by === "customer" || talk.unsent.some((u) => u.status === "sending");
}
