import { type Locale, localeOf } from "../../src/reply/locale.ts";

/** Something that happens in a talk with a person, and what is promised to come of it. */
export interface Event {
  /** Line in the file, from 1. */
  at: number;
  by: "customer" | "button" | "agent" | "clock";
  words: string;
  /** What is said then, in order: `handoff requested`, `agent`, `answer call-recording`; `silence` for nothing. */
  wanted: string;
  says: string[];
  not: string[];
}

export interface Talk {
  operator: string;
  locale: Locale;
  /** Milliseconds since 1970. */
  begins: number;
  events: Event[];
}

/**
 * Reads a talk: a header (`operator:`, `locale:`, `at:` as 2026-11-16 10:00 in Japan), then events. `> ` is typed, `! `
 * a button's command, `@ ` what an agent does (`claim NAME` what was asked for first, `claim-last NAME`, `say TEXT`, `note TEXT`, `transfer NAME`, `release`,
 * `end`), `+ 11m` lets time pass; below it what is said then, `says:`, `not:`. `#` is a comment.
 */
export function parseTalk(file: string, source: string): Talk {
  const header = new Map<string, string>();
  const events: Event[] = [];
  const by = { ">": "customer", "!": "button", "@": "agent", "+": "clock" } as const;
  for (const [i, raw] of source.split("\n").entries()) {
    const text = raw.trimEnd();
    const open = events.at(-1);
    if (text === "" || text.startsWith("#")) continue;
    const sign = text[0] as keyof typeof by;
    if (sign in by && text[1] === " ") {
      if (open?.wanted === "") throw new Error(`${file}:${open.at}: promises nothing`);
      events.push({ at: i + 1, by: by[sign], words: text.slice(2), wanted: "", says: [], not: [] });
      continue;
    }
    const [, key = "", value = ""] = /^(operator|locale|at|says|not): (.+)$/.exec(text) ?? [];
    if (!open) header.set(key, value);
    else if (key === "says" || key === "not") open[key].push(value);
    else if (open.wanted === "") open.wanted = text;
    else throw new Error(`${file}:${i + 1}: not a line of a talk`);
  }
  const operator = header.get("operator");
  const locale = localeOf(header.get("locale"));
  const begins = Date.parse(`${header.get("at")?.replace(" ", "T")}:00+09:00`);
  if (!operator || !locale || Number.isNaN(begins) || events.at(-1)?.wanted === "")
    throw new Error(`${file}: begin with operator:, locale: and at:, and promise something of every event`);
  return { operator, locale, begins, events };
}
