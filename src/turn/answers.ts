import type { Ranking } from "../knowledge/ranking.ts";
import type { Locale } from "../reply/locale.ts";
import type { Said } from "../reply/said.ts";
import { goesAhead } from "../understanding/go-ahead.ts";
import type { Intent } from "../understanding/intents.ts";
import { asksWhenOrWhy, questionsIn } from "../understanding/questions.ts";
import type { Terms } from "../understanding/terms.ts";
import type { Understood } from "./conversation/options.ts";
import { decide, VAGUE } from "./decide.ts";
import type { Desk } from "./desks.ts";
import { answeredThere, contextOf, joined, leaning, leant, SPEAKS } from "./follow-up.ts";
import type { Hearing } from "./hearing.ts";
import type { Talk } from "./talk.ts";

/** From here on a message that leans on the last answer is also believed by what it says itself. */
const BESIDES = 0.8;
/** Below this a part of a message is not believed to be a question of its own. */
const PART_SURE = 0.5;

/** What is said to something, and how sure that is, 0..1. */
interface Meant {
  said: Said[];
  sure: number;
}

/** What is said to a message of free words in a talk with an operator's desk. */
export type Answers = (desk: Desk, text: string, talk: Talk) => Understood;

export function createAnswers(hearing: Hearing): Answers {
  /**
   * One question, understood and decided; one that leans on the last answer is also read with its topic before it.
   */
  const answer = ({ ranker, speaker }: Desk, text: string, locale: Locale, talk: Talk) => {
    const { reading, intents } = hearing.words(text, locale);
    const meantBy = (all: Intent[]) => (asksWhenOrWhy(text, locale) ? withoutWishes(all) : all);
    const alone = meantBy(intents);
    const { last } = talk;
    const clause = last?.clauses[0];
    const lean = clause === undefined ? 0 : leaning(text, locale);
    const byItself = (spoken = (ranking: Ranking) => ranking) => {
      const list = ranker.weigh(reading, alone);
      return decide(spoken(ranker.rank(reading, list)), list, vague(reading.terms) ? VAGUE : undefined);
    };
    const there = talk.begun ?? clause;
    if (there === undefined || (lean === 0 && !talk.begun)) return byItself();
    const titleOf = (topic: string) => speaker.topicTitle(topic)?.[locale] ?? "";
    const speaksOf = (topic: string) =>
      ranker.held(reading, there) >= SPEAKS ||
      ranker.held(hearing.title(titleOf(topic), locale).reading, there) >= SPEAKS;
    const spoken = (ranking: Ranking) => answeredThere(ranking, there, speaksOf);
    if (!last || clause === undefined || lean === 0) return byItself(spoken);
    const title = titleOf(last.topic || speaker.topicOf(clause));
    const inContext = meantBy(hearing.words(`${title} ${text}`, locale).intents);
    const readings = { alone, title: meantBy(hearing.title(title, locale).intents), inContext };
    const bare = reading.terms.words.length === 0;
    const held = ranker.held(reading, clause);
    const weight = contextOf({ text, locale, lean, alone, bare, held });
    const list = ranker.weigh(reading, joined(readings, weight), true);
    return decide(spoken(leant(ranker.rank(reading, list), clause, weight, held)), list);
  };

  /** Whether the parts of a message are different things, each understood well. */
  const parts = (desk: Desk, text: string, locale: Locale, talk: Talk): Meant => {
    const whole = answer(desk, text, locale, talk);
    const one = { said: [whole.said], sure: whole.sure };
    const questions = questionsIn(text, locale);
    if (questions.length === 1) return one;
    const each = questions.map((question) => answer(desk, question, locale, talk));
    const real = each.filter(
      (e) => e.sure >= PART_SURE && ["answer", "request", "handoff"].includes(e.said.kind),
    );
    const different = real.filter((e, i) => real.findIndex((o) => keyOf(o.said) === keyOf(e.said)) === i);
    if (different.length < 2) return one;
    return { said: different.map((e) => e.said), sure: Math.min(...different.map((e) => e.sure)) };
  };

  /**
   * When the clause that was answered last comes closest again, what the message means by itself is answered besides,
   * if that is clear.
   */
  const onceMore = (desk: Desk, meant: Meant, text: string, locale: Locale): Meant => {
    const [only] = meant.said;
    if (meant.said.length !== 1 || only?.kind !== "answer" || !only.same) return meant;
    const own = answer(desk, text, locale, { locale });
    if (own.said.kind !== "answer" || own.sure < BESIDES || own.said.clauses[0] === only.clauses[0])
      return meant;
    return { said: [{ ...only, brief: true }, own.said], sure: meant.sure };
  };

  return (desk, text, talk) => {
    const written = hearing.written(text, talk.locale);
    if (written === "other") return { written };
    const wished = wishedBefore(talk);
    if (wished && goesAhead(text, written)) return { written, said: [wished], sure: 1 };
    const { said, sure } = parts(desk, text, written, talk);
    const last = talk.last?.clauses[0];
    const told = said.map((s) => (s.kind === "answer" && s.clauses[0] === last ? { ...s, same: true } : s));
    return { written, ...onceMore(desk, { said: told, sure }, text, written) };
  };
}

/** Whether a message has one word of content at most. */
const vague = ({ words }: Terms) => words.length <= 1;

/** The request that the question before came near, if it was answered and nothing else was offered since. */
function wishedBefore({ last, said, offering }: Talk): Extract<Said, { kind: "request" }> | undefined {
  if (!last?.wish || offering || !said?.every(({ kind }) => kind === "answer")) return undefined;
  return { kind: "request", request: last.wish };
}

/** What makes two answers the same answer. */
function keyOf(said: Said): string {
  switch (said.kind) {
    case "answer":
      return said.clauses[0] ?? "";
    case "request":
      return said.request;
    default:
      return said.kind;
  }
}

/** A question for when or why wants to know something; nothing is begun for it. */
function withoutWishes(intents: readonly Intent[]): Intent[] {
  const kept = intents.filter(({ label }) => !label.startsWith("request:"));
  const total = kept.reduce((sum, { probability }) => sum + probability, 0);
  return kept.map((i) => ({ ...i, probability: total > 0 ? i.probability / total : 0 }));
}
