import type { Ranking } from "../knowledge/ranking.ts";
import type { Locale } from "../reply/locale.ts";
import { normalize } from "../understanding/normalize.ts";

const POINTS_JA = /(?:それ|その|これ|この|あれ|そこ|そっち|さっきの|今の|上の|それら)/;
const POINTS_EN = /\b(?:it|its|that|those|them|they|this|there)\b/;
const ELLIPTIC_JA =
  /^(?:じゃあ?|では|でも|なら|ちなみに|あと|で[、,]|って|なぜ|なんで|どうして|いつ|いつまで|どこ|誰|だれ|何[年日カヶか月回人件]|いくら|どのくらい|どれくらい|例えば|たとえば|具体的)/;
const ELLIPTIC_EN =
  /^(?:and|so|but|what about|how about|why|who|when|where|how long|how much|how many|for how long|for example|such as|which ones?|really|even)\b/;

/** How much a message leans on what was said before, 0 to 1. Longer ones stand by themselves. */
export function leaning(text: string, locale: Locale): number {
  const plain = normalize(text);
  if (locale === "ja") {
    if (plain.length > 40) return 0;
    const points = POINTS_JA.test(plain) ? 0.5 : 0;
    const elliptic = ELLIPTIC_JA.test(plain) && plain.length <= 20 ? 0.4 : 0;
    return points + elliptic;
  }
  const words = plain.split(" ").length;
  if (words > 12) return 0;
  return (POINTS_EN.test(plain) ? 0.5 : 0) + (ELLIPTIC_EN.test(plain) && words <= 7 ? 0.4 : 0);
}

/** The ranking with `lean` of its probability moved towards the clause of the last answer. */
export function leant(ranking: Ranking, clause: string, lean: number): Ranking {
  const list = ranking.clauses.map((c) => ({
    ...c,
    probability: c.probability * (1 - lean) + (c.clause === clause ? lean : 0),
  }));
  return {
    clauses: list.sort((a, b) => b.probability - a.probability),
    silent: ranking.silent.map((s) => ({ ...s, probability: s.probability * (1 - lean) })),
  };
}
