import { join } from "node:path";
import { FORMS } from "../../dialogs/index.ts";
import type { Procedures } from "../dialog/procedures.ts";
import { wordingsOf } from "../dialog/wordings.ts";
import { type Content, type Examples, loadContent, type Utterance } from "../knowledge/content.ts";
import { lessonsOf, signLessonsOf } from "../knowledge/lessons.ts";
import { LOCALES } from "../reply/locale.ts";
import { CONSENT } from "../reply/pieces/review.ts";
import { createRenderer } from "../reply/render.ts";
import type { Cause } from "../reply/said.ts";
import { loadTexts } from "../reply/texts.ts";
import { createCauses } from "../understanding/causes.ts";
import { typedCommands } from "../understanding/command.ts";
import { formWords } from "../understanding/form-words.ts";
import { gist } from "../understanding/gist.ts";
import { createIntents } from "../understanding/intents.ts";
import { loadTokenizer } from "../understanding/japanese/dictionary.ts";
import { MAX_MESSAGE } from "../understanding/normalize.ts";
import { ownChatIn } from "../understanding/own-chat.ts";
import { contactsIn } from "../understanding/personal/mask.ts";
import { createSigns } from "../understanding/signs.ts";
import { trained, trainedSigns } from "../understanding/trained.ts";
import { createAnswers } from "./answers.ts";
import { createClauseSearch, type Explanation } from "./clause-search.ts";
import { createConversation } from "./conversation/conversation.ts";
import type { Seat } from "./conversation/seat.ts";
import { createDesks } from "./desks.ts";
import { createHearing } from "./hearing.ts";
import type { Aside, Brain, Incoming, Outcome, Talk, TurnMoment } from "./talk.ts";

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
  const kanaOf = (word: string) => reader.read(word, "ja").kana;
  const commandIn = typedCommands(content.commands, kanaOf);
  const publicUrl = options.publicUrl.replace(/\/$/, "");
  const renderer = createRenderer({ texts, publicUrl, maxLength: MAX_MESSAGE });
  const desks = createDesks(content, reader, options.operators);
  const hearing = createHearing(reader, intents);
  const answers = createAnswers(hearing);
  const search = createClauseSearch(reader, intents, hearing);
  const signIn = signs ? createSigns(hearing.words, signs, content.offers) : createCauses(content.offers);

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
    words: formWords(new Map(Object.entries(content.answers.commands)), kanaOf),
    typed: (text) => commandIn(text) ?? ownChatIn(text),
    mails: options.mails ?? false,
    understand: (operator, text, talk) => answers(desks.of(operator), text, talk),
    renderer,
    texts,
    ...(options.pages ? { pagesUrl: publicUrl } : {}),
    signs: (text, locale, heeding) => {
      if (text.length > MAX_MESSAGE) return undefined;
      const words = gist(text);
      const written = hearing.written(words, locale);
      return written === "other" ? undefined : (signIn(words, written, heeding) as Cause | undefined);
    },
  });
  const seat = (operator: string, moment: TurnMoment): Seat => {
    const { speaker, facts } = desks.of(operator);
    return { operator, speaker, facts, moment };
  };

  return {
    content,
    operators: desks.ids,
    contacts: contactsIn(publicTexts(content)),
    retention: (operator) => desks.of(operator).retention,
    async warm() {
      await procedures();
      for (const { title } of content.topics.values())
        for (const locale of LOCALES) {
          hearing.title(title[locale], locale);
          await new Promise((resolve) => setImmediate(resolve));
        }
    },
    open: (operator, incoming) => conversation.opening(desks.of(operator).speaker, incoming),
    reopened: (operator, talk) => conversation.reopened(desks.of(operator).speaker, talk),
    respond(operator, talk, incoming, moment) {
      hearing.begin();
      return conversation.respond(seat(operator, moment), talk, incoming);
    },
    aside: (talk, incoming) => conversation.aside(talk, incoming),
    returned: (operator, talk, how, moment) => conversation.returned(seat(operator, moment), talk, how),
    formSoFar: async (operator, talk, moment, whole) =>
      conversation.formSoFar(seat(operator, moment), talk, whole),
    fillIn: (operator, talk, what, moment) => conversation.fillIn(seat(operator, moment), talk, what),
    clausesFor: (operator, talk, text) => search.find(desks.of(operator), text, talk.locale),
    desk: (operator) => desks.of(operator).open,
    explain: (operator, talk, text) => search.explain(desks.of(operator), text, talk.locale),
  };
}

/** What everybody may read of the operators. */
function publicTexts(content: Content): string[] {
  return [...content.operators.values()].flatMap(({ contact, clauses }) => [
    contact.telephone ?? "",
    ...clauses.flatMap(({ text }) => LOCALES.map((locale) => text[locale].body)),
  ]);
}
