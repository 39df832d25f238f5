import { join } from "node:path";
import { FORMS } from "../../dialogs/index.ts";
import type { Facts } from "../dialog/form/form.ts";
import type { Procedures } from "../dialog/procedures.ts";
import { wordingsOf } from "../dialog/wordings.ts";
import type { OpenQuestion } from "../handoff/handoff.ts";
import { type Content, type Examples, loadContent, type Utterance } from "../knowledge/content.ts";
import { lessonsOf, signLessonsOf } from "../knowledge/lessons.ts";
import { createRanker, type Ranker, type Ranking } from "../knowledge/ranking.ts";
import { speakerOf } from "../knowledge/speaker.ts";
import { LOCALES, type Locale, localeOf } from "../reply/locale.ts";
import type { Message } from "../reply/message.ts";
import { topicOfRequest } from "../reply/pieces/request.ts";
import { CONSENT } from "../reply/pieces/review.ts";
import { createRenderer } from "../reply/render.ts";
import type { Asking, Cause, Said } from "../reply/said.ts";
import type { Speaker } from "../reply/speaker.ts";
import { loadTexts } from "../reply/texts.ts";
import { createCauses } from "../understanding/causes.ts";
import { type Command, type OwnCommand, parseCommand, typedCommands } from "../understanding/command.ts";
import { formWords } from "../understanding/form-words.ts";
import { gist } from "../understanding/gist.ts";
import { goesAhead } from "../understanding/go-ahead.ts";
import { createIntents, type Intent } from "../understanding/intents.ts";
import { loadTokenizer } from "../understanding/japanese/dictionary.ts";
import { writtenIn } from "../understanding/language.ts";
import { MAX_MESSAGE, normalize } from "../understanding/normalize.ts";
import { ownChatIn } from "../understanding/own-chat.ts";
import { contactsIn } from "../understanding/personal/mask.ts";
import { asksWhenOrWhy, questionsIn } from "../understanding/questions.ts";
import type { Heard } from "../understanding/sign-features.ts";
import { createSigns } from "../understanding/signs.ts";
import type { Terms } from "../understanding/terms.ts";
import { trained, trainedSigns } from "../understanding/trained.ts";
import { createConversation } from "./conversation/conversation.ts";
import type { Seat } from "./conversation/seat.ts";
import { decide, VAGUE } from "./decide.ts";
import { deskFactsOf } from "./desk-facts.ts";
import { answeredThere, contextOf, joined, leaning, leant, SPEAKS } from "./follow-up.ts";
import { withPerson } from "./person.ts";
import type { Aside, Brain, DeskFacts, Incoming, Outcome, Retention, Talk } from "./talk.ts";

const ROOT = join(import.meta.dirname, "../..");

export interface BrainOptions {
  /** Public address of this server, without a slash at its end; citations point there. */
  publicUrl: string;
  /** `publicUrl` has pages where a customer can read their chat's record. */
  pages?: boolean;
  /** Operators served; all of `content/operators` unless told. */
  operators?: readonly string[];
  /** Folder of `content/`, `locales/` and the cache; the project's own unless told. */
  root?: string;
  /** What `content/` holds, where it was loaded before. */
  content?: Content & Examples;
  /** Which of the examples are learned; all unless told. A choice is learned anew and not kept in the cache. */
  examples?: (all: readonly Utterance[]) => readonly Utterance[];
  /** Mail is set up: what needs it is offered. Nothing is, unless told. */
  mails?: boolean;
  /** Told what takes long (training), for a person who waits. */
  progress?: (text: string) => void;
}

/** Why the best readings of a message won, for `npm run ask -- --explain`. */
export interface Explanation {
  written: string;
  intents: Intent[];
  clauses: { clause: string; topic: string; probability: number }[];
  reasons: [feature: string, weight: number][];
}

/** A brain in this thread: what takes no wait comes at once. */
export interface ExplainingBrain extends Required<Brain> {
  open(operator: string, incoming: Incoming): Outcome;
  reopened(operator: string, talk: Talk): Outcome;
  aside(talk: Talk, incoming: Incoming): Aside | undefined;
  clausesFor(operator: string, talk: Talk, text: string): readonly string[];
  explain(operator: string, talk: Talk, text: string): Explanation;
  /** What it answers from. */
  readonly content: Content;
}

/** Whether a message has one word of content at most. */
const vague = ({ words }: Terms) => words.length <= 1;

/** What is known of one operator. */
interface Desk {
  speaker: Speaker;
  facts: Facts;
  ranker: Ranker;
  retention: Retention;
  open: DeskFacts;
}

/** Who speaks, and what an outcome must know besides. */
type Voiced = Pick<Seat, "speaker"> & Partial<Pick<Seat, "moment" | "sign">>;

const DEFAULT: Locale = "ja";
/** What can be said again later: what a form says is said from the form. */
const LASTING: ReadonlySet<Said["kind"]> = new Set(["answer", "clarify", "handoff", "out-of-scope"]);
/** From here on a message that leans on the last answer is also believed by what it says itself. */
const BESIDES = 0.8;
/** Below this a part of a message is not believed to be a question of its own. */
const PART_SURE = 0.5;

/**
 * Loads content, texts and models, and answers from them. Throws a ContentError that lists every problem, or an error
 * that names the operator which `content/` does not have.
 */
export async function createBrain(options: BrainOptions): Promise<ExplainingBrain> {
  const root = options.root ?? ROOT;
  const cache = join(root, ".cache");
  const [tokenizer, texts] = await Promise.all([loadTokenizer(cache), loadTexts(join(root, "locales"))]);
  const { utterances, signs: signLines, ...content } = options.content ?? loadContent(join(root, "content"));
  const lessons = lessonsOf({ ...content, utterances }, options.examples);
  const { reader, models } = await trained(tokenizer, lessons, cache, !options.examples, options.progress);
  const intents = createIntents(models);
  const english = utterances.flatMap(({ locale, text }) => (locale === "en" ? [text] : []));
  const signs =
    signLines.length > 0 &&
    (await trainedSigns(signLessonsOf({ utterances, signs: signLines }), lessons, models, english, cache));
  const commandIn = typedCommands(content.commands, (word) => reader.read(word, "ja").kana);
  const typedIn = (text: string) => commandIn(text) ?? ownChatIn(text);
  const renderer = createRenderer({
    texts,
    publicUrl: options.publicUrl.replace(/\/$/, ""),
    maxLength: MAX_MESSAGE,
  });
  const desks = new Map<string, Desk>();
  for (const id of options.operators ?? content.operators.keys()) {
    const operator = content.operators.get(id);
    if (!operator)
      throw new Error(`content/operators has no ${id}; it has ${[...content.operators.keys()].join(", ")}`);
    const speaker = speakerOf(operator, content);
    desks.set(id, {
      retention: operator.retention,
      speaker,
      open: deskFactsOf(operator),
      facts: factsOf(speaker),
      ranker: createRanker(operator, content.topics, reader.terms),
    });
  }
  const desk = (id: string): Desk => {
    const found = desks.get(id);
    if (!found) throw new Error(`operator not served: ${id}`);
    return found;
  };

  /** What was heard in this turn: a turn comes back to its words. */
  const inTurn = new Map<string, Heard>();
  const heard = (text: string, locale: Locale): Heard => {
    const key = `${locale} ${text}`;
    const known = inTurn.get(key);
    if (known) return known;
    const reading = reader.read(text, locale);
    const found = { reading, intents: intents.of(reading) };
    inTurn.set(key, found);
    return found;
  };
  const signIn = signs ? createSigns(heard, signs, content.offers) : createCauses(content.offers);
  const titles = new Map<string, Heard>();
  /** A topic's title as it is heard by itself. There are few, and every message that leans on an answer needs some. */
  const titleHeard = (title: string, locale: Locale): Heard => {
    const key = `${locale} ${title}`;
    const known = titles.get(key) ?? heard(title, locale);
    titles.set(key, known);
    return known;
  };

  /**
   * One question, understood and decided; one that leans on the last answer is also read with its topic before it.
   */
  const answer = ({ ranker, speaker }: Desk, text: string, locale: Locale, talk: Talk) => {
    const found = heard(text, locale);
    const { reading } = found;
    const meantBy = (all: Intent[]) => (asksWhenOrWhy(text, locale) ? withoutWishes(all) : all);
    const alone = meantBy(found.intents);
    const { last } = talk;
    const clause = last?.clauses[0];
    const lean = clause === undefined ? 0 : leaning(text, locale);
    const byItself = (spoken = (ranking: Ranking) => ranking) => {
      const list = ranker.weigh(alone);
      return decide(spoken(ranker.rank(reading, list)), list, vague(reading.terms) ? VAGUE : undefined);
    };
    const there = talk.begun ?? clause;
    if (there === undefined || (lean === 0 && !talk.begun)) return byItself();
    const titleOf = (topic: string) => speaker.topicTitle(topic)?.[locale] ?? "";
    const speaksOf = (topic: string) =>
      ranker.held(reading, there) >= SPEAKS ||
      ranker.held(titleHeard(titleOf(topic), locale).reading, there) >= SPEAKS;
    const spoken = (ranking: Ranking) => answeredThere(ranking, there, speaksOf);
    if (!last || clause === undefined || lean === 0) return byItself(spoken);
    const title = titleOf(last.topic || speaker.topicOf(clause));
    const inContext = meantBy(heard(`${title} ${text}`, locale).intents);
    const readings = { alone, title: meantBy(titleHeard(title, locale).intents), inContext };
    const bare = reading.terms.words.length === 0;
    const held = ranker.held(reading, clause);
    const weight = contextOf({ text, locale, lean, alone, bare, held });
    const list = ranker.weigh(joined(readings, weight));
    return decide(spoken(leant(ranker.rank(reading, list), clause, weight, held)), list);
  };

  /** Whether the parts of a message are different things, each understood well. */
  const answers = (desk: Desk, text: string, locale: Locale, talk: Talk): { said: Said[]; sure: number } => {
    const whole = answer(desk, text, locale, talk);
    const one = { said: [whole.said], sure: whole.sure };
    const parts = questionsIn(text, locale);
    if (parts.length === 1) return one;
    const each = parts.map((p) => answer(desk, p, locale, talk));
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
  const onceMore = (
    at: Desk,
    meant: { said: Said[]; sure: number },
    text: string,
    locale: Locale,
  ): { said: Said[]; sure: number } => {
    const [only] = meant.said;
    if (meant.said.length !== 1 || only?.kind !== "answer" || !only.same) return meant;
    const own = answer(at, text, locale, { locale });
    if (own.said.kind !== "answer" || own.sure < BESIDES || own.said.clauses[0] === only.clauses[0])
      return meant;
    return { said: [{ ...only, brief: true }, own.said], sure: meant.sure };
  };

  const run = (
    command: Exclude<Command, OwnCommand>,
    talk: Talk,
    speaker: Speaker,
  ): { said: Said[]; locale: Locale } => {
    const { locale } = talk;
    const nothing: Said[] = [{ kind: "notice", notice: "nothing-said" }];
    switch (command.do) {
      case "clause": {
        const clause = speaker.clause(command.clause);
        if (!clause) return { said: [{ kind: "out-of-scope", reason: "silent", near: [] }], locale };
        return {
          said: [{ kind: "answer", clauses: [clause.id], topic: speaker.topicOf(clause.id), score: 1 }],
          locale,
        };
      }
      case "full": {
        const id = command.clause ?? talk.last?.clauses[0];
        if (id === undefined) return { said: nothing, locale };
        const clause = speaker.clause(id);
        if (!clause) return { said: [{ kind: "out-of-scope", reason: "silent", near: [] }], locale };
        const topic = (id === talk.last?.clauses[0] && talk.last.topic) || speaker.topicOf(id);
        return { said: [{ kind: "answer", clauses: [id], topic, score: 1, whole: true }], locale };
      }
      case "rules":
        return { said: command.request ? [{ kind: "rules", request: command.request }] : nothing, locale };
      case "topics":
      case "requests":
        return { said: [{ kind: "notice", notice: command.do }], locale };
      case "request":
        return { said: [{ kind: "request", request: command.request }], locale };
      case "smalltalk":
        return { said: [{ kind: "smalltalk", intent: command.intent }], locale };
      case "handoff":
        return { said: [{ kind: "handoff" }], locale };
      case "none":
        return { said: [{ kind: "out-of-scope", reason: "not-ours", near: [] }], locale };
      case "unhelpful":
        return { said: [{ kind: "notice", notice: "unhelpful" }], locale };
      case "repeat":
        return { said: talk.said?.map(fresh) ?? nothing, locale };
      case "simpler":
        return {
          said:
            talk.said?.map((s) => (s.kind === "answer" ? { ...s, plain: true, same: false } : s)) ?? nothing,
          locale,
        };
      case "language":
        return {
          said: talk.said?.map(fresh) ?? [{ kind: "notice", notice: "language" }],
          locale: command.locale,
        };
    }
  };

  const chosenBefore = (talk: Talk, text: string): Command | undefined => {
    const plain = normalize(text);
    const at = /^[1-9]\d?$/.test(plain) ? talk.choices?.[Number(plain) - 1] : undefined;
    // At a form's question "12" is one and two, or a wrong answer: no button that is far down a list.
    const numbered = plain.length > 1 && at?.command.startsWith("form:") ? undefined : at;
    const named = numbered ?? talk.choices?.find((c) => normalize(c.title) === plain || c.command === text);
    return named ? parseCommand(named.command) : undefined;
  };

  const outcome = (seat: Voiced, before: Talk, meant: Said[], locale: Locale): Outcome => {
    const { speaker, sign, moment } = seat;
    const staff = moment?.staff;
    const missed = meant.every((s) => s.kind === "out-of-scope" || s.kind === "clarify");
    const misses = missed ? (before.misses ?? 0) + 1 : 0;
    const causes: Cause[] = [...(sign ? [sign] : []), ...(misses >= 2 ? ["misses" as const] : [])];
    const { said, offered = before.offered, offering, desk } = withPerson(meant, before, staff, causes);
    const again = misses >= 2 && !staff;
    const spoken = said.map((s) => (s.kind === "out-of-scope" && again ? { ...s, again } : s));
    const worded = renderer.message(speaker, spoken, locale);
    // Whoever has filed something and is not understood may well ask how it stands.
    const message =
      missed && before.filed ? withStatus(worded, texts[locale]("reply:choice.status")) : worded;
    const top = said.find((s) => s.kind === "answer");
    const keeps = top
      ? { clauses: top.clauses.slice(0, 3), topic: top.topic, ...(top.wish ? { wish: top.wish } : {}) }
      : before.last;
    const begun = top ? undefined : (clauseOnWish(speaker, said) ?? before.begun);
    // What a form says holds personal data: it is said again from the form, or not at all.
    const lasting = said.filter((s) => LASTING.has(s.kind) && !(s.kind === "handoff" && s.called));
    const { forms, filed, code, surveyed } = before;
    const talk: Talk = {
      locale,
      ...(keeps ? { last: keeps } : {}),
      ...(begun === undefined ? {} : { begun }),
      ...(lasting.length === 0 ? (before.said ? { said: before.said } : {}) : { said: lasting }),
      ...(message.choices.length > 0 ? { choices: message.choices } : {}),
      ...(misses > 0 ? { misses } : {}),
      ...(forms === undefined ? {} : { forms }),
      ...(filed === undefined ? {} : { filed }),
      ...(offered ? { offered } : {}),
      ...(offering ? { offering } : {}),
      ...(surveyed ? { surveyed } : {}),
      ...(code === undefined ? {} : { code }),
    };
    return { talk, messages: [message], ...(desk ? { desk } : {}) };
  };

  const notice = (speaker: Speaker, talk: Talk, name: Extract<Said, { kind: "notice" }>["notice"]): Outcome =>
    outcome({ speaker }, talk, [{ kind: "notice", notice: name }], talk.locale);

  const openQuestion = (speaker: Speaker, question: Asking, locale: Locale): OpenQuestion => {
    const { words } = renderer.message(speaker, [{ kind: "ask", ...question }], locale);
    const choices = words.kind === "ask" ? (words.choices ?? []) : [];
    const label = texts[locale](`dialogs:slots.${question.slot}.label`);
    return { label, input: question.input, choices, optional: question.optional === true };
  };

  let loaded: Promise<Procedures> | undefined;
  const procedures = () => {
    loaded ??= import("../dialog/load.ts").then(({ loadProcedures }) =>
      loadProcedures(FORMS, wordingsOf(content.answers, texts), CONSENT),
    );
    return loaded;
  };

  const conversation = createConversation({
    forms: FORMS,
    procedures,
    words: formWords(
      new Map(Object.entries(content.answers.commands)),
      (word) => reader.read(word, "ja").kana,
    ),
    command: (talk, text) => chosenBefore(talk, text) ?? typedIn(text),
    run,
    mails: options.mails ?? false,
    outcome,
    signs: (text, locale) => {
      if (text.length > MAX_MESSAGE) return undefined;
      const words = gist(text);
      const written = writtenIn(words, locale, (word) => reader.knowsEnglish(word));
      return written === "other" ? undefined : (signIn(words, written) as Cause | undefined);
    },
    ...(options.pages ? { pagesUrl: options.publicUrl.replace(/\/$/, "") } : {}),
    understand: (operator, text, talk) => {
      const written = writtenIn(text, talk.locale, (word) => reader.knowsEnglish(word));
      if (written === "other") return { written };
      const at = desk(operator);
      const wished = wishedBefore(talk);
      if (wished && goesAhead(text, written)) return { written, said: [wished], sure: 1 };
      const { said, sure } = answers(at, text, written, talk);
      const last = talk.last?.clauses[0];
      const told = said.map((s) => (s.kind === "answer" && s.clauses[0] === last ? { ...s, same: true } : s));
      return { written, ...onceMore(at, { said: told, sure }, text, written) };
    },
  });

  return {
    content,
    operators: [...desks.keys()],
    contacts: contactsIn(publicTexts(content)),
    retention: (operator) => desk(operator).retention,
    async warm() {
      await procedures();
      for (const { title } of content.topics.values())
        for (const locale of LOCALES) {
          titleHeard(title[locale], locale);
          await new Promise((resolve) => setImmediate(resolve));
        }
    },
    open(operator, incoming) {
      const { speaker } = desk(operator);
      const opening = incoming.shared ? "shared-opening" : "opening";
      return notice(speaker, { locale: localeOf(incoming.locale) ?? DEFAULT }, opening);
    },
    reopened(operator, talk) {
      const { messages } = notice(desk(operator).speaker, talk, "again");
      return { talk, messages };
    },
    respond(operator, talk, incoming, moment) {
      const { speaker, facts } = desk(operator);
      inTurn.clear();
      return conversation.respond({ operator, speaker, facts, moment }, talk, incoming);
    },
    aside(talk, { command: value, text }) {
      const pressed = value === undefined ? undefined : parseCommand(value);
      const typed = text === undefined ? undefined : (chosenBefore(talk, text) ?? typedIn(text));
      const command = pressed ?? typed;
      if (command?.do === "own-chat") return { do: "own-chat" };
      if (command?.do === "form" && command.n === talk.assisted) return { do: "form" };
      return command?.do === "leave" || command?.do === "language" ? command : undefined;
    },
    returned(operator, talk, how, moment) {
      const { speaker, facts } = desk(operator);
      return conversation.returned({ operator, speaker, facts, moment }, talk, how);
    },
    async formSoFar(operator, talk, moment, whole) {
      const { speaker, facts } = desk(operator);
      const found = await conversation.formSoFar({ operator, speaker, facts, moment }, talk, whole);
      if (!found) return null;
      const { form, n, asking, rows, question } = found;
      const { words } = renderer.message(speaker, [{ kind: "review", form, n, rows }], talk.locale);
      return {
        type: form,
        n,
        asking,
        rows: words.kind === "review" ? words.rows : [],
        question: question ? openQuestion(speaker, question, talk.locale) : null,
      };
    },
    fillIn(operator, talk, what, moment) {
      const { speaker, facts } = desk(operator);
      return conversation.fillIn({ operator, speaker, facts, moment }, talk, what);
    },
    clausesFor(operator, talk, text) {
      const { ranker } = desk(operator);
      const written = writtenIn(text, talk.locale, (word) => reader.knowsEnglish(word));
      const reading = reader.read(
        gist(text.slice(0, MAX_MESSAGE)),
        written === "other" ? talk.locale : written,
      );
      const found = intents.of(reading);
      if (!/^(topic|request):/.test(found[0]?.label ?? "")) return [];
      const { clauses } = ranker.rank(reading, ranker.weigh(found));
      return clauses.map(({ clause }) => clause);
    },
    desk: (operator) => desk(operator).open,
    explain(operator, talk, text) {
      const { ranker } = desk(operator);
      const written = writtenIn(text, talk.locale, (word) => reader.knowsEnglish(word));
      const locale = written === "other" ? talk.locale : written;
      const reading = reader.read(gist(text.slice(0, MAX_MESSAGE)), locale);
      const list = ranker.weigh(intents.of(reading));
      const { clauses } = ranker.rank(reading, list);
      const label = list[0]?.label ?? "";
      return {
        written,
        intents: list.slice(0, 5),
        clauses: clauses.slice(0, 5),
        reasons: intents.why(reading, label),
      };
    },
  };
}

/** Said once more on purpose: nobody need be told that it is the same. */
function fresh(said: Said): Said {
  if (said.kind !== "answer") return said;
  const { same: _, ...rest } = said;
  return rest;
}

/** The clause that is most about the request that is begun. */
function clauseOnWish(speaker: Speaker, said: readonly Said[]): string | undefined {
  const topic = topicOfRequest(said.find((s) => s.kind === "request")?.request);
  return topic === undefined ? undefined : speaker.clauseAbout(topic);
}

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

/** What forms may know of an operator. */
function factsOf({ requests: { guardianBelow } }: Speaker): Facts {
  return guardianBelow === undefined ? {} : { guardianBelow };
}

/** What everybody may read of the operators. */
function publicTexts(content: Content): string[] {
  return [...content.operators.values()].flatMap(({ contact, clauses }) => [
    contact.telephone ?? "",
    ...clauses.flatMap(({ text }) => LOCALES.map((locale) => text[locale].body)),
  ]);
}

/** With the way to the state of one's request. */
function withStatus(message: Message, title: string): Message {
  return { ...message, choices: [...message.choices, { title, command: "request:status" }] };
}

/** A question for when or why wants to know something; nothing is begun for it. */
function withoutWishes(intents: readonly Intent[]): Intent[] {
  const kept = intents.filter(({ label }) => !label.startsWith("request:"));
  const total = kept.reduce((sum, { probability }) => sum + probability, 0);
  return kept.map((i) => ({ ...i, probability: total > 0 ? i.probability / total : 0 }));
}
