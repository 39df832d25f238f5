import { LOCALES, type Locale } from "../reply/locale.ts";
import type { Intent } from "../understanding/intents.ts";
import type { Reader, Reading } from "../understanding/reader.ts";
import type { Terms } from "../understanding/terms.ts";
import type { Clause, Topic } from "./clause.ts";
import type { Operator } from "./operator.ts";
import { type Parts, type TextIndex, textIndex } from "./text-index.ts";
import { type Evidence, oddsOf } from "./word-evidence.ts";

/** A clause with the probability that it is the answer, and the topic that speaks most for it. */
export interface RankedClause {
  clause: string;
  probability: number;
  topic: string;
}

export interface Ranking {
  /** Clauses of the operator, best first. */
  clauses: RankedClause[];
  /** Topics of ours on which this operator's policy says nothing, with the probability that one of them was asked. */
  silent: { topic: string; probability: number }[];
}

/** Ranks the clauses of one operator. */
export interface Ranker {
  /**
   * The intents as this operator's customers mean them, most probable first: topics on which its policy is silent are
   * asked about less, and a clause may be meant by its own words (`clause:<place>`), above all one on a topic that no
   * examples teach. `leans`: the message leans on the last answer, and its few words speak for such a one alone.
   */
  weigh(reading: Reading, intents: readonly Intent[], leans?: boolean): Intent[];
  rank(reading: Reading, intents: readonly Intent[]): Ranking;
  /** How much of a text's words, by their rarity in the policy, a clause holds; 0..1. */
  held(text: Reading, clause: string): number;
}

/** How a clause's claim to a topic falls with the topic's place in its list: the first is what it is most about. */
const CLAIM = [1, 0.5, 0.42, 0.35, 0.3, 0.3, 0.3, 0.3];
/** How strongly words shared with the clause divide a topic's probability among its clauses. */
const WORDS = 1.5;
/** How much rarer a topic is asked about where the policy says nothing on it. */
const SILENT = 0.4;
/** Share of the answer's probability that shared words alone may give to a clause. */
const MIX = 0.08;

/** A clause, and the weight of its claim to a topic. */
interface Claim {
  clause: number;
  claim: number;
}

/** A label as this operator's policy sees it: none of the topics, a topic with claims, or one on which it is silent. */
interface Meaning {
  topic: string | undefined;
  claims: readonly Claim[] | undefined;
}

/** What a clause is called, in the words of its title and of its topics that no examples teach. */
interface Name {
  words: readonly string[];
  /** The topic that it is then about. */
  topic: string;
  /** All of its topics are taught: the model knows the clause already. */
  taught: boolean;
}

/**
 * The probability of what the model knows best: as it was meant, and once silences weigh less. A silence that is well
 * understood is one, whatever words the policy shares with the question.
 */
interface Known {
  meant: number;
  here: number;
}

const mostOf = (intents: readonly Intent[]) => intents.reduce((most, i) => Math.max(most, i.probability), 0);

/** Before the place of a clause that is meant by its own words. */
const CLAUSE = "clause:";
/** Fewer words than that are found in a clause by chance: where the model knows the clause, they say nothing. */
const FEW = 4;
/** Clauses whose score comes so near to the best one's, and this many at most, may be meant by their own words. */
const NEAR = 0.4;
const MOST_NEAR = 8;

type TermsOf = Reader["terms"];

function partsOf(
  clause: Clause,
  locale: Locale,
  topics: ReadonlyMap<string, Topic>,
  termsOf: TermsOf,
): Parts {
  const text = clause.text[locale];
  const titles = clause.topics.map((t) => topics.get(t)?.title[locale] ?? "").join(" ");
  const part = (s: string, weight: number) => ({ terms: termsOf(s, locale), weight });
  return [
    part(text.title, 3),
    part(titles, 2),
    part(text.short, 2),
    ...text.body.split("\n").map((l) => part(l, 1)),
  ];
}

/** Scores beside the best one, which is 1. */
function besideBest(scores: Float64Array): Float64Array {
  const top = scores.reduce((a, b) => Math.max(a, b), 1e-9);
  return scores.map((s) => s / top);
}

export function createRanker(
  operator: Operator,
  topics: ReadonlyMap<string, Topic>,
  termsOf: TermsOf,
): Ranker {
  const { clauses } = operator;
  const indexIn = (locale: Locale) =>
    textIndex(
      clauses.map((c) => partsOf(c, locale, topics, termsOf)),
      locale,
    );
  const index: Record<Locale, TextIndex> = { ja: indexIn("ja"), en: indexIn("en") };
  const claims = new Map<string, Claim[]>();
  for (const [i, c] of clauses.entries()) {
    for (const [place, t] of c.topics.entries()) {
      const list = claims.get(t) ?? [];
      list.push({ clause: i, claim: (CLAIM[place] ?? 0.4) ** 3 });
      claims.set(t, list);
    }
  }
  /** What a label means here; the labels are those of the model. */
  const meanings = new Map<string, Meaning>();
  const meaningOf = (label: string): Meaning => {
    const known = meanings.get(label);
    if (known) return known;
    const topic = label.startsWith("topic:") ? label.slice("topic:".length) : undefined;
    const meaning = { topic, claims: topic === undefined ? undefined : claims.get(topic) };
    meanings.set(label, meaning);
    return meaning;
  };
  const names: Record<Locale, Name[]> = { ja: [], en: [] };
  for (const locale of LOCALES) {
    for (const c of clauses) {
      const untaught = c.topics.filter((t) => topics.get(t)?.taught[locale] === false);
      const about = untaught[0] ?? c.topics[0] ?? "";
      const titles = [c.text[locale].title, ...untaught.map((t) => topics.get(t)?.title[locale] ?? "")];
      const words = [...new Set(titles.flatMap((title) => termsOf(title, locale).words))];
      names[locale].push({ words, topic: about, taught: untaught.length === 0 });
    }
  }
  /** The scores of the last question: it is weighed first and ranked then. */
  let last: { terms: Terms; scores: Float64Array } | undefined;
  const scoresOf = ({ locale, terms }: Reading): Float64Array => {
    if (last?.terms !== terms) last = { terms, scores: index[locale].score(terms) };
    return last.scores;
  };
  /** The few clauses that share the most with a question, and the odds that each is meant by its own words. */
  const byOwnWords = (reading: Reading, known: Known, leans: boolean): { label: string; odds: number }[] => {
    const { locale, terms } = reading;
    const scores = scoresOf(reading);
    const first = scores.reduce((a, b) => Math.max(a, b), 0);
    if (first === 0) return [];
    const near: number[] = [];
    for (const [i, score] of scores.entries()) if (score >= first * NEAR) near.push(i);
    near.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
    const second = scores[near[1] ?? -1] ?? 0;
    const asked = new Set(terms.words);
    return near.slice(0, MOST_NEAR).flatMap((i, place) => {
      const score = scores[i] ?? 0;
      const { words = [], taught = false } = names[locale][i] ?? {};
      if (taught && (leans || asked.size < FEW)) return [];
      const evidence: Evidence = {
        held: index[locale].share(terms, i),
        lead: score / (score + (place === 0 ? second : first)),
        named: words.filter((word) => asked.has(word)).length / Math.max(1, words.length),
        known: taught ? known.meant : known.here,
        taught,
      };
      return [{ label: `${CLAUSE}${i}`, odds: oddsOf(evidence) }];
    });
  };
  return {
    weigh(reading, intents, leans = false) {
      const weights = intents.map((i) => {
        const { topic, claims } = meaningOf(i.label);
        return i.probability * (topic !== undefined && !claims ? SILENT : 1);
      });
      const sum = weights.reduce((a, b) => a + b, 0);
      const weighed = intents.map((i, k) => ({ label: i.label, probability: (weights[k] ?? 0) / sum }));
      const known = { meant: mostOf(intents), here: mostOf(weighed) };
      const words = byOwnWords(reading, known, leans);
      const all = words.reduce((total, { odds }) => total + odds, 1);
      return [
        ...weighed.map(({ label, probability }) => ({ label, probability: probability / all })),
        ...words.map(({ label, odds }) => ({ label, probability: odds / all })),
      ].sort((a, b) => b.probability - a.probability);
    },
    rank(reading, intents) {
      const words = besideBest(scoresOf(reading));
      const shared = words.map((w) => Math.exp(WORDS * w));
      const probability = clauses.map(() => 0);
      const best = clauses.map((c) => ({ topic: c.topics[0] ?? "", probability: 0 }));
      const silent: Ranking["silent"] = [];
      let answerable = 0;
      const give = (clause: number, topic: string, share: number) => {
        probability[clause] = (probability[clause] ?? 0) + share;
        const b = best[clause];
        if (b && share > b.probability) best[clause] = { topic, probability: share };
      };
      for (const { label, probability: p } of intents) {
        if (label.startsWith(CLAUSE)) {
          const i = Number(label.slice(CLAUSE.length));
          give(i, names[reading.locale][i]?.topic ?? "", p);
          answerable += p;
          continue;
        }
        const { topic, claims: list } = meaningOf(label);
        if (topic === undefined) continue;
        if (!list) {
          silent.push({ topic, probability: p });
          continue;
        }
        answerable += p;
        const weights = list.map((c) => c.claim * (shared[c.clause] ?? 0));
        const sum = weights.reduce((a, b) => a + b, 0);
        for (const [k, { clause }] of list.entries()) {
          give(clause, topic, (p * (weights[k] ?? 0)) / sum);
        }
      }
      const total = words.reduce((a, w) => a + w ** 3, 0);
      const ranked = clauses.map((c, i) => ({
        clause: c.id,
        topic: best[i]?.topic ?? c.topics[0] ?? "",
        probability:
          (probability[i] ?? 0) * (1 - MIX) +
          (total > 0 ? (MIX * answerable * (words[i] ?? 0) ** 3) / total : MIX * (probability[i] ?? 0)),
      }));
      return { clauses: ranked.sort((a, b) => b.probability - a.probability), silent };
    },
    held(text, clause) {
      const place = clauses.findIndex(({ id }) => id === clause);
      return place < 0 ? 0 : index[text.locale].share(text.terms, place);
    },
  };
}
