import { type Locale, localeOf } from "../../src/reply/locale.ts";
import type { Incoming } from "../../src/turn/talk.ts";

/** One message of a transcript and what is promised of the reply. */
export interface Line {
  /** Line in the file, from 1. */
  at: number;
  /** Whether a new talk begins with it (`---`). */
  fresh: boolean;
  incoming: Incoming;
  /** `answer call-recording`, `clarify`, ... */
  wanted: string;
  /** `answer call-recording, answer retention` */
  parts?: string;
  locale?: Locale;
  says: string[];
  not: string[];
  /** Hours that pass before it. */
  hours: number;
  /** `reply="post"`: an answer that the open form holds now, or the request that was filed; `reply`: it holds none. */
  holds: string[];
}

export interface Transcript {
  operator: string;
  locale: Locale;
  /** Whether the desk can send mail. */
  mail: boolean;
  lines: Line[];
}

/**
 * Reads a transcript: a header (`operator:`, `locale:`, `mail: yes` where the desk can send mail, `scope: shared` where
 * others read along), then turns. `> ` is typed, `! ` is a pressed button's
 * command, `^ image` a picture; below it what is promised: the kind with its argument, then `says:`, `not:`, `in:`,
 * `parts:`, `holds:`. `{receipt}`, `{code}` and `{draft}` are what was given last, `{mailed}` the code
 * that was mailed last. `+ 25h` (or `+ 2min`) lets time pass, `---` begins
 * a new talk, `#` a comment; the kind `something` is any. Throws on anything else.
 */
export function parseTranscript(file: string, source: string): Transcript {
  const header = new Map<string, string>();
  const lines: Line[] = [];
  let fresh = true;
  let hours = 0;
  let open: Line | undefined;
  for (const [i, raw] of source.split("\n").entries()) {
    const text = raw.trimEnd();
    const wrong = (what: string) => new Error(`${file}:${i + 1}: ${what}`);
    if (text === "" || text.startsWith("#")) continue;
    if (text === "---") fresh = true;
    else if (/^\+ \d+(h|min)$/.test(text))
      hours += Number.parseInt(text.slice(2), 10) / (text.endsWith("h") ? 1 : 60);
    else if (/^[>!] |^\^ image$/.test(text)) {
      if (open && open.wanted === "") throw wrong("the turn before this one promises nothing");
      open = {
        at: i + 1,
        fresh,
        incoming: incomingOf(text),
        wanted: "",
        says: [],
        not: [],
        hours,
        holds: [],
      };
      lines.push(open);
      fresh = false;
      hours = 0;
    } else {
      const [, key = "", value = ""] =
        /^(operator|locale|mail|scope|says|not|in|parts|holds): (.+)$/.exec(text) ?? [];
      if (!open) header.set(key, value);
      else if (key === "says" || key === "not" || key === "holds") open[key].push(value);
      else if (key === "parts") open.parts = value;
      else if (key === "in") open.locale = localeOf(value) ?? fail(wrong(`no such language: ${value}`));
      else if (key === "" && open.wanted === "") open.wanted = text;
      else throw wrong("not a line of a transcript");
    }
  }
  const operator = header.get("operator");
  const locale = localeOf(header.get("locale"));
  if (!operator || !locale || lines.length === 0 || open?.wanted === "")
    throw new Error(`${file}: begin with operator: and locale:, and promise something of every turn`);
  const shared = header.get("scope") === "shared" ? { shared: true as const } : {};
  const told = lines.map((l) => ({ ...l, incoming: { ...l.incoming, ...shared } }));
  return { operator, locale, mail: header.get("mail") === "yes", lines: told };
}

function incomingOf(line: string): Incoming {
  const said = line.slice(2);
  if (line.startsWith("^")) return { files: true };
  return line.startsWith(">") ? { text: said } : { command: said };
}

function fail(error: Error): never {
  throw error;
}
