import type { Locale } from "../reply/locale.ts";
import type { Message } from "../reply/message.ts";
import type { Texts } from "../reply/texts.ts";
import { PERSONAL_KINDS, type PersonalKind } from "../understanding/personal/kind.ts";
import { type MaskOptions, mask } from "../understanding/personal/mask.ts";
import type { Activity, JsonObject } from "./activity.ts";
import type { Feedback } from "./store.ts";

type Json = JsonObject[string];

export interface BlackedOut {
  /** The same line, its personal numbers blacked out. */
  activity: Activity;
  /** What was found; never empty. */
  kinds: PersonalKind[];
}

/** A client's own names and clocks, such as `clientActivityID`: it must know them again, and nobody writes there. */
const OPAQUE = /(?:^id|Id|ID|Timestamp)$/;

/** The customer's line without personal numbers, wherever the platform has them; undefined when it holds none. */
export function blackOut(activity: Activity, options: MaskOptions): BlackedOut | undefined {
  const { content } = activity;
  if (content.kind !== "incoming") return undefined;
  const found = new Set<PersonalKind>();
  // What was said stands there twice: for the turn, and as the platform sent it.
  const cleaned = new Map<string, string>();
  const clean = (text: string): string => {
    const before = cleaned.get(text);
    if (before !== undefined) return before;
    const masked = mask(text, options);
    for (const kind of masked.kinds) found.add(kind);
    cleaned.set(text, masked.text);
    return masked.text;
  };
  const { text, command, files, locale, shared, to } = content.incoming;
  const incoming = {
    ...(text === undefined ? {} : { text: clean(text) }),
    ...(command === undefined ? {} : { command: clean(command) }),
    ...(files ? { files } : {}),
    ...(locale === undefined ? {} : { locale }),
    ...(shared ? { shared } : {}),
    ...(to ? { to } : {}),
  };
  const platform = everywhere(content.platform, clean) as JsonObject;
  if (found.size === 0) return undefined;
  const kinds = PERSONAL_KINDS.filter((kind) => found.has(kind));
  return { activity: { ...activity, content: { kind: "incoming", incoming, platform } }, kinds };
}

/** Names of fields are written by clients, too. */
function everywhere(json: Json, clean: (text: string) => string): Json {
  if (typeof json === "string") return clean(json);
  if (typeof json === "number") return clean(String(json)) === String(json) ? json : clean(String(json));
  if (json === null || typeof json === "boolean") return json;
  if (isList(json)) return json.map((one) => everywhere(one, clean));
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [
      clean(name),
      OPAQUE.test(name) && typeof value === "string" ? value : everywhere(value, clean),
    ]),
  );
}

const isList = (json: Json): json is readonly Json[] => Array.isArray(json);

/** The reason without personal numbers. */
export function withoutNumbers(feedback: Feedback, contacts: ReadonlySet<string>): Feedback {
  const { reason } = feedback;
  return reason === null ? feedback : { ...feedback, reason: mask(reason, { contacts }).text };
}

const LISTS: Readonly<Record<Locale, Intl.ListFormat>> = {
  ja: new Intl.ListFormat("ja", { type: "conjunction" }),
  en: new Intl.ListFormat("en", { type: "conjunction" }),
};

/** Tells, below the last message, what was blacked out. */
export function withNote(
  texts: Texts,
  messages: readonly Message[],
  kinds: readonly PersonalKind[],
): Message[] {
  return messages.map((message, i) => {
    if (i < messages.length - 1) return message;
    const t = texts[message.locale];
    const names = kinds.map((kind) => t(`turn:masked.kind.${kind}`));
    const note = t("turn:masked.note", { kinds: LISTS[message.locale].format(names) });
    const sections = message.sections?.map((part, n, { length }) =>
      n === length - 1 ? [...part, { role: "note" as const, text: note }] : part,
    );
    return { ...message, text: `${message.text}\n\n${note}`, ...(sections ? { sections } : {}) };
  });
}
