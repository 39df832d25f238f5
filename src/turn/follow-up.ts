import type { Ranking } from "../knowledge/ranking.ts";
import type { Locale } from "../reply/locale.ts";
import type { Intent } from "../understanding/intents.ts";
import { normalize } from "../understanding/normalize.ts";

const POINTS_JA = /(?:それ|その|これ|この|あれ|そこ|そっち|さっき|今の|上の|それら|そう)/;
const POINTS_EN =
  /\b(?:it|its|that|those|them|they|their|this|(?<!\b(?:is|are|was|were) )there(?! (?:is|are|was|were)\b)|then|so|ones?)\b/;
const ELLIPTIC_JA =
  /^(?:え[っ、]|じゃあ?|では|でも|なら|ちなみに|あと|で[、,]|って|なぜ|なんで|どうして|いつ|どこ|誰|だれ|何|いくら|どの|どれ|例えば|たとえば|具体|いや|違|ほか|他に|もし)/;
const ELLIPTIC_EN =
  /^(?:and|so|but|ok|okay|no|what about|how about|what if|why|who|when|where|how|for example|such as|which|really|even|also|or|then|any)\b/;

/**
 * How much a message leans on what was said before, 0 (stands by itself) to 1. Short ones lean, more so when they
 * point back ("それ", "that") or begin as an answer to an answer does ("じゃあ", "and").
 */
export function leaning(text: string, locale: Locale): number {
  const plain = normalize(text);
  const words = locale === "ja" ? plain.length / 3.2 : plain.split(" ").length;
  if (words > 16) return 0;
  const points = (locale === "ja" ? POINTS_JA : POINTS_EN).test(plain) ? 0.35 : 0;
  const elliptic = (locale === "ja" ? ELLIPTIC_JA : ELLIPTIC_EN).test(plain) ? 0.25 : 0;
  const short = words <= 3 ? 0.4 : words <= 6 ? 0.25 : words <= 10 ? 0.1 : 0;
  return Math.min(1, points + elliptic + short);
}

/** How many times likelier the clause of the last answer becomes, at most. */
const STAYS = 4;
/** How much of what the title says by itself is taken out of the reading in context, as a power. */
const OWN = 0.2;
/** From here on a message that points at nothing is believed to stand by itself. */
const CLEAR = 0.8;
/** Share of the context that a message is spared which may point back and is clear by itself. */
const SPARED = 0.5;
/** Share of the context that counts for English that seems not ours: "コンビニは？" may mean anything, "Are you hiring?" not. */
const WHOLE = 0.8;
/** How much likelier what a clause says makes it that the talk stays on it: as if the message leant so much more. */
const HELD = 0.5;
/** From here on a clause speaks of something: it holds this much of the words for it. */
export const SPEAKS = 0.4;

/** "and the police?", "what about my address": a new subject, however short. */
const SUBJECT_EN = /^(?:and|but|so|what about|how about) .*[a-z]{4}/;

/**
 * Whether a message may be about what was said before. Japanese leaves out what it points at: it always may. Of
 * English what points back may, and a word or three without a subject of their own ("how long?").
 */
function pointsBack(text: string, locale: Locale): boolean {
  const plain = normalize(text);
  if (locale === "ja" || POINTS_EN.test(plain)) return true;
  return plain.split(" ").length < 4 && !SUBJECT_EN.test(plain);
}

/** A message read alone, the last topic's title, and the message with that title before it. */
export interface Readings {
  alone: readonly Intent[];
  title: readonly Intent[];
  inContext: readonly Intent[];
}

/** A message in a talk, as far as it tells how much of the talk it means. */
export interface FollowUp {
  text: string;
  locale: Locale;
  /** See `leaning`. */
  lean: number;
  /** What it may mean by itself. */
  alone: readonly Intent[];
  /** It has no word of content: "what for?". */
  bare: boolean;
  /** How much of its words the clause of the last answer holds, 0..1. */
  held: number;
}

/**
 * How much the reading in context counts, 0..1: as much as the message leans; less where it is clear by itself, which
 * nothing is that has no word of its own.
 */
export function contextOf({ text, locale, lean, alone, bare, held }: FollowUp): number {
  const [first] = alone;
  const clear = bare ? 0 : Math.max(0, ((first?.probability ?? 0) - CLEAR) / (1 - CLEAR));
  if (!pointsBack(text, locale)) return lean * (1 - clear);
  if (first?.label === "not-ours") return locale === "ja" ? lean : lean * WHOLE;
  return lean * (1 - SPARED * clear * (1 - held));
}

/**
 * What a message that leans on the last answer may mean, with the weight of the context. The title weighs in the reading
 * in context with what it adds to the message, less with what it says by itself.
 */
export function joined({ alone, title, inContext }: Readings, weight: number): Intent[] {
  const own = new Map(title.map((i) => [i.label, i.probability]));
  const added = inContext.map(
    ({ label, probability }) => [label, probability / Math.max(1e-4, own.get(label) ?? 1) ** OWN] as const,
  );
  const total = added.reduce((sum, [, value]) => sum + value, 0);
  const context = new Map(added.map(([label, value]) => [label, value / total]));
  return alone
    .map(({ label, probability }) => ({
      label,
      probability: probability * (1 - weight) + (context.get(label) ?? 0) * weight,
    }))
    .sort((a, b) => b.probability - a.probability);
}

/**
 * The ranking when the talk is on a clause: it is likelier than it would be out of nowhere, by the weight of the context
 * and by how much of the message's words it holds.
 */
export function leant(ranking: Ranking, clause: string, weight: number, held: number): Ranking {
  const factor = 1 + (STAYS - 1) * Math.min(1, weight + HELD * held);
  const before = ranking.clauses.reduce((sum, c) => sum + c.probability, 0);
  const list = ranking.clauses.map((c) =>
    c.clause === clause ? { ...c, probability: c.probability * factor } : c,
  );
  const after = list.reduce((sum, c) => sum + c.probability, 0);
  return {
    clauses: list
      .map((c) => ({ ...c, probability: after > 0 ? (c.probability * before) / after : 0 }))
      .sort((a, b) => b.probability - a.probability),
    silent: ranking.silent,
  };
}

/**
 * The ranking when the clause of the last answer speaks of what the policy has no clause on, if only to say that it
 * leaves it out ("names no fee"): whoever asks on is told that, and no "the policy is silent".
 */
export function answeredThere(
  ranking: Ranking,
  clause: string,
  speaksOf: (topic: string) => boolean,
): Ranking {
  const there = ranking.silent.filter(({ topic }) => speaksOf(topic));
  const [top] = there.toSorted((a, b) => b.probability - a.probability);
  if (!top) return ranking;
  const moved = there.reduce((sum, { probability }) => sum + probability, 0);
  return {
    clauses: ranking.clauses
      .map((c) =>
        c.clause === clause
          ? {
              clause,
              topic: top.probability > c.probability ? top.topic : c.topic,
              probability: c.probability + moved,
            }
          : c,
      )
      .sort((a, b) => b.probability - a.probability),
    silent: ranking.silent.filter((s) => !there.includes(s)),
  };
}
