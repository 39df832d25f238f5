import type { Locale } from "../reply/locale.ts";
import { SMALLTALK_INTENTS, type SmalltalkIntent } from "../reply/words.ts";
import { REQUEST_TYPES, type RequestType } from "../requests/request-type.ts";
import { kanaOfRomaji, soundOf } from "./japanese/sound.ts";
import { normalize } from "./normalize.ts";

/** What a button does, and what a few short messages do: no understanding needed. */
export type Command =
  | { do: "clause"; clause: string }
  | { do: "request"; request: RequestType }
  | { do: "smalltalk"; intent: SmalltalkIntent }
  | { do: "handoff" }
  | { do: "none" }
  /** Out of the queue, or from a person back to the bot. */
  | { do: "leave" }
  /** To be called back, or to leave a message. */
  | { do: "message" }
  /** What was thought of a person. */
  | { do: "rate"; rating: "up" | "down" }
  | { do: "repeat" }
  | { do: "simpler" }
  | { do: "unhelpful" }
  /** The whole text of a clause; of the last answer's unless one is named. */
  | { do: "full"; clause?: string }
  /** What policy and law say of a request; of the one whose form is open unless one is named. */
  | { do: "rules"; request?: RequestType }
  /** What can be asked, and what can be asked for, to choose from. */
  | { do: "topics" }
  | { do: "requests" }
  | { do: "language"; locale: Locale }
  /** A button of a form, of the `n`th of the conversation. */
  | { do: "form"; n: number; act: FormAct }
  /** Go on with a form that was saved. */
  | { do: "resume" }
  /** A code by e-mail, for the request that a button names, or the one that was offered last. */
  | { do: "code"; receipt?: string }
  /** The customer's own chat: its record, its deletion, which is asked about once, and the end of news in it. */
  | { do: "own-chat"; act: OwnChat };

/** What is done with somebody's own form, request or chat, or about a person whom they called. */
export type OwnCommand = Extract<Command, { do: (typeof OWN)[number] }>;
const OWN = ["form", "resume", "code", "own-chat", "leave", "message", "rate"] as const;
export const isOwn = (command: Command): command is OwnCommand => OWN.some((own) => own === command.do);

const OWN_CHAT = ["transcript", "erase", "erase-sure", "keep", "unlink"] as const;
export type OwnChat = (typeof OWN_CHAT)[number];

export type FormAct =
  | { do: "choose"; slot: string; values: string[] }
  | { do: "edit"; slot: string }
  | { do: (typeof FORM_WORDS)[number] };

/** What can be done at any question of a form, by a button or a word. */
export const FORM_WORDS = [
  "back",
  "cancel",
  "save",
  "why",
  "skip",
  "restart",
  "confirm",
  "switch",
  "agree",
  "stay",
] as const;
/** The same, going on with one that was saved, and having nothing to say, which passes over what may be passed over. */
export type FormWord = (typeof FORM_WORDS)[number] | "resume" | "nothing";

/** Longest message, normalized, that is looked up among the typed commands. */
const LONGEST = 40;
/** Shortest sound that is compared. */
const SOUND_LENGTH = 4;
const POLITE =
  /(?:を?お願い(?:いた)?します|お願い(?:できますか)?|おねがいします|ください|下さい|くれますか|もらえますか|いただけますか|頼む|たのむ|よろしく|ね|よ|です|って)+$/;
const PLEASE =
  /^(?:please|pls|ok|okay|sorry|um|hey|could you|can you|would you)\s+|\s+(?:please|pls|plz|thanks|thank you|for me)$/g;

/** Reads a button's value, `verb` or `verb:argument`. Undefined for anything that is none of ours. */
export function parseCommand(value: string): Command | undefined {
  const [verb, argument = ""] = value.split(":", 2);
  switch (verb) {
    case "clause":
      return /^[a-z0-9-]{1,64}$/.test(argument) ? { do: "clause", clause: argument } : undefined;
    case "full":
      return /^[a-z0-9-]{1,64}$/.test(argument) ? { do: "full", clause: argument } : undefined;
    case "request":
    case "rules": {
      const request = REQUEST_TYPES.find((r) => r === argument);
      if (!request) return undefined;
      return verb === "rules" ? { do: "rules", request } : { do: "request", request };
    }
    case "smalltalk": {
      const intent = SMALLTALK_INTENTS.find((i) => i === argument);
      return intent ? { do: "smalltalk", intent } : undefined;
    }
    case "language":
      return argument === "ja" || argument === "en" ? { do: "language", locale: argument } : undefined;
    case "desk":
      return argument === "leave" || argument === "message" ? { do: argument } : undefined;
    case "rate":
      return argument === "up" || argument === "down" ? { do: "rate", rating: argument } : undefined;
    case "form":
      return formCommand(argument);
    case "own-chat": {
      const act = OWN_CHAT.find((a) => a === argument);
      return act ? { do: "own-chat", act } : undefined;
    }
    case "code":
      return /^[2-9A-HJ-NP-Z]{10}$/.test(argument) ? { do: "code", receipt: argument } : undefined;
    case "handoff":
    case "resume":
    case "none":
    case "repeat":
    case "simpler":
    case "topics":
    case "requests":
      return { do: verb };
    default:
      return undefined;
  }
}

const NAME = /^[a-z0-9-]{1,40}$/;

/** `<n>.<act>`, `<n>.edit.<slot>`, `<n>.choose.<slot>.<value>+<value>`. */
function formCommand(argument: string): Command | undefined {
  const [count = "", act = "", slot = "", values = ""] = argument.split(".");
  if (!/^[1-9]\d{0,5}$/.test(count)) return undefined;
  const n = Number(count);
  const word = FORM_WORDS.find((w) => w === act);
  if (word) return { do: "form", n, act: { do: word } };
  if (!NAME.test(slot)) return undefined;
  if (act === "edit") return { do: "form", n, act: { do: "edit", slot } };
  const chosen = values.split("+");
  if (act !== "choose" || chosen.length > 20 || !chosen.every((value) => NAME.test(value))) return undefined;
  return { do: "form", n, act: { do: "choose", slot, values: chosen } };
}

const bare = (text: string) =>
  normalize(text)
    .replace(/[\s。、．，.,!?！？…~'"()]+/g, " ")
    .trim();
const FIRST = /^(?:やっぱり|やっぱ|やはり|じゃあ|では|すみません|すいません|あの)(?=.)/;
const japaneseKey = (text: string) => bare(text).replace(/ /g, "").replace(FIRST, "").replace(POLITE, "");
const englishKey = (text: string) => bare(text).replace(PLEASE, "").replace(PLEASE, "").replace(/ /g, "");

const COMMANDS: Readonly<Record<string, Command>> = {
  repeat: { do: "repeat" },
  simpler: { do: "simpler" },
  unhelpful: { do: "unhelpful" },
  leave: { do: "leave" },
  message: { do: "message" },
  "rate-up": { do: "rate", rating: "up" },
  "rate-down": { do: "rate", rating: "down" },
  full: { do: "full" },
  rules: { do: "rules" },
  topics: { do: "topics" },
  requests: { do: "requests" },
  code: { do: "code" },
  greeting: { do: "smalltalk", intent: "greeting" },
  "language-en": { do: "language", locale: "en" },
  "language-ja": { do: "language", locale: "ja" },
  "own-chat-transcript": { do: "own-chat", act: "transcript" },
  "own-chat-unlink": { do: "own-chat", act: "unlink" },
  "own-chat-erase": { do: "own-chat", act: "erase" },
};

/** Short messages and what they mean, by language. */
export type Phrases = ReadonlyMap<string, Readonly<Record<Locale, readonly string[]>>>;

/**
 * Finds typed commands: "もう一度", "English please". The words come from `content/commands.yaml`; `readingOf` gives a
 * Japanese word's reading, so that kana and romaji are found too.
 */
export function typedCommands(
  words: Phrases,
  readingOf: (japanese: string) => string,
): (text: string) => Command | undefined {
  return phrasebook(words, (name) => COMMANDS[name], readingOf);
}

/** Finds what a short message means among phrases, whatever its spelling; `meaning` of a name may be none. */
export function phrasebook<T>(
  words: Phrases,
  meaning: (name: string) => T | undefined,
  readingOf: (japanese: string) => string,
): (text: string) => T | undefined {
  const known = new Map<string, T>();
  for (const [name, byLocale] of words) {
    const command = meaning(name);
    if (command === undefined) continue;
    for (const w of byLocale.ja) known.set(japaneseKey(w), command);
    for (const w of byLocale.en) known.set(englishKey(w), command);
  }
  const sounds = new Map<string, T>();
  for (const [key, command] of known) {
    const sound = soundOf(readingOf(key));
    if (sound.length >= SOUND_LENGTH) sounds.set(sound, command);
  }
  return (text) => {
    const plain = bare(text);
    if (plain === "" || plain.length > LONGEST) return undefined;
    const direct = known.get(japaneseKey(plain)) ?? known.get(englishKey(plain));
    if (direct) return direct;
    const kana = kanaOfRomaji(plain).replace(/ /g, "");
    return /^[\u3041-\u3096\u30a1-\u30faー]+$/.test(kana)
      ? sounds.get(soundOf(kana.replace(POLITE, "")))
      : undefined;
  };
}
