import type { Locale } from "../reply/locale.ts";
import type { FeatureGroup } from "./features.ts";
import type { Intent } from "./intents.ts";
import { normalize } from "./normalize.ts";
import type { Reading } from "./reader.ts";

/** A message as it was heard: its words read, and what they may mean by themselves, most probable first. */
export interface Heard {
  reading: Reading;
  intents: Intent[];
}

/**
 * What the model of signs reads of a message: what the intent model reads, and beside it what tells a report from a
 * question in the same words ("my data was leaked", "what if data is leaked?"): the manner in which it is said, and what
 * the message means to the intent model, which knows ten times as many examples.
 */
export function signFeatures(text: string, { reading, intents }: Heard): FeatureGroup[] {
  return [
    ...reading.groups.map((group) => ({
      ...group,
      weight: group.weight * (SHARES[reading.locale][group.name] ?? 1),
    })),
    { name: "manner", weight: 1.35, features: mannerOf(text, reading.locale) },
    { name: "meaning", weight: 1.5, features: meaningOf(intents) },
  ];
}

/**
 * What groups of the intent model weigh here, as shares: found on examples left out of training. An English report is
 * told by words that stand apart ("you ... my ... to"), hardly by pieces of words.
 */
const SHARES: Readonly<Record<Locale, Readonly<Record<string, number>>>> = {
  en: { characters: 0.3, "words apart": 1.6 },
  ja: {},
};

/** From here on an intent is a feature, and a louder one. */
const POSSIBLE = 0.05;
const LIKELY = 0.3;
const MOST = 6;

function meaningOf(intents: readonly Intent[]): string[] {
  const some = intents.slice(0, MOST).filter(({ probability }) => probability >= POSSIBLE);
  const names = some.flatMap(({ label, probability }) => [
    `m:${label}`,
    `m:any-${label.split(":")[0]}`,
    ...(probability > LIKELY ? [`m:likely-${label}`] : []),
  ]);
  return [...new Set(names)];
}

/** What is said of the speaker, of what was, of what might be, and of what is not. */
const TURNS: Readonly<Record<Locale, Readonly<Record<string, RegExp>>>> = {
  en: {
    mine: /\b(?:my|me|mine)\b/,
    yours: /\byou(?:r|rs)?\b/,
    was: /\b(?:was|were|got|has|have|had|did|sent|gave|told|said|[a-z]+ed)\b/,
    asked: /^(?:do|does|can|could|would|will|what|how|when|where|who|which|is|are|may|if)\b/,
    supposed: /\b(?:if|would|could|might|should|suppose)\b/,
    not: /\b(?:not|never|no|nothing|[a-z]+n't)\b/,
  },
  ja: {
    mine: /私|わたし|うち|俺|自分|当方|弊社|当社|母|父|娘|息子|夫|妻/,
    was: /[ただ](?:。|$|けど|が|ので|、|ん)/,
    is: /ている|てる|ています|てます/,
    suffered: /れた|れて|られ/,
    asked: /ですか|ますか|かな|の\?$|でしょうか/,
    supposed: /もし|場合|とき|たら|れば/,
    not: /ない|ません|ず/,
  },
};
const ENDINGS = [2, 3, 4, 5];

/** They are gone from a text once it is normalized: pouting, angry, steaming, cursing, and the anger symbol. */
const ANGRY_FACES = /[\u{1f621}\u{1f620}\u{1f624}\u{1f92c}\u{1f4a2}\u{1f44e}]/u;

function mannerOf(raw: string, locale: Locale): string[] {
  const text = normalize(raw);
  const sentences = text.split(/[。.!?\n]+/).filter((sentence) => sentence.trim() !== "").length;
  const said = [
    `long-${Math.min(6, Math.floor(Math.log2([...text].length + 1)))}`,
    `sentences-${Math.min(4, sentences)}`,
    ...(text.endsWith("?") ? ["ends-asking"] : text.includes("?") ? ["asks"] : []),
    ...(text.includes("!") ? ["calls"] : []),
    ...(/!!/.test(text) ? ["shouts"] : []),
    ...(ANGRY_FACES.test(raw) ? ["angry-face"] : []),
    ...Object.entries(TURNS[locale]).flatMap(([name, turn]) => (turn.test(text) ? [name] : [])),
    ...(locale === "en" ? openingOf(text) : endingsOf(text)),
  ];
  return [...new Set(said)].map((name) => `z:${name}`);
}

/** English tells by its first words what kind of sentence comes, Japanese by its last characters. */
function openingOf(text: string): string[] {
  const words = text.split(/\s+/, 2);
  return [`first-${words[0]}`, `first-${words.join("_")}`];
}

function endingsOf(text: string): string[] {
  const end = text.replace(/[。!? ]{1,8}$/, "");
  return ENDINGS.map((n) => `end-${end.slice(-n)}`);
}
