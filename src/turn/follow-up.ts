import type { Ranking } from "../knowledge/ranking.ts";
import type { Locale } from "../reply/locale.ts";
import type { Intent } from "../understanding/intents.ts";
import { normalize } from "../understanding/normalize.ts";

const POINTS_JA = /(?:それ|その|これ|この|あれ|そこ|そっち|さっき|今の|上の|それら|そう)/;
const POINTS_EN = /\b(?:it|its|that|those|them|they|their|this|there|then|so|ones?)\b/;
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

/** Most weight that the reading in context gets. */
const CONTEXT = 0.8;
/** How many times likelier the clause of the last answer becomes, at most. */
const STAYS = 4;

/** The intents of a message alone and of the same message with the last topic's title before it, as one. */
export function joined(alone: readonly Intent[], inContext: readonly Intent[], lean: number): Intent[] {
  const context = new Map(inContext.map((i) => [i.label, i.probability]));
  const weight = lean * CONTEXT;
  return alone
    .map(({ label, probability }) => ({
      label,
      probability: probability * (1 - weight) + (context.get(label) ?? 0) * weight,
    }))
    .sort((a, b) => b.probability - a.probability);
}

/** The ranking when the talk is on a clause: it is likelier than it would be out of nowhere. */
export function leant(ranking: Ranking, clause: string, lean: number): Ranking {
  const factor = 1 + (STAYS - 1) * lean;
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
