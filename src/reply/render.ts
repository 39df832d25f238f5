import type { Locale } from "./locale.ts";
import type { Message } from "./message.ts";
import { answer } from "./pieces/answer.ts";
import { sourceText } from "./pieces/citation.ts";
import { clarify } from "./pieces/clarify.ts";
import { code } from "./pieces/code.ts";
import { notice } from "./pieces/notice.ts";
import { outOfScope } from "./pieces/out-of-scope.ts";
import { called, deskWord, offer } from "./pieces/person.ts";
import type { Piece, Voice } from "./pieces/piece.ts";
import { ask, change, told } from "./pieces/question.ts";
import { receipt, status } from "./pieces/receipt.ts";
import { request, rules } from "./pieces/request.ts";
import { review } from "./pieces/review.ts";
import type { Said } from "./said.ts";
import type { Speaker, SpokenClause } from "./speaker.ts";
import type { Texts } from "./texts.ts";
import type { Part, Words } from "./words.ts";

export interface RenderOptions {
  texts: Texts;
  /** Public address of this server, without a slash at its end. */
  publicUrl: string;
  /** Longest message in characters, told when one is refused. */
  maxLength: number;
}

/** Words what we mean to say: sentences come whole from `locales/` and `content/`, never in parts. */
export interface Renderer {
  /** One message out of everything that is to be said. Throws only when `said` is empty. */
  message(speaker: Speaker, said: readonly Said[], locale: Locale): Message;
}

function pieceOf(voice: Voice, said: Said, maxLength: number): Piece {
  const { t, locale, speaker } = voice;
  switch (said.kind) {
    case "answer":
      return answer(voice, said);
    case "clarify":
      return clarify(voice, said);
    case "request":
      return request(voice, said);
    case "ask":
      return ask(voice, said, said.notes);
    case "rules":
      return rules(voice, said);
    case "review":
      return review(voice, said);
    case "receipt":
      return receipt(voice, said);
    case "status":
      return status(voice, said);
    case "switch":
      return change(voice, said);
    case "code":
      return code(voice, said);
    case "told":
      return told(voice, said);
    case "handoff":
      return called(voice, said.called);
    case "offer":
      return offer(voice, said.cause);
    case "desk":
      return deskWord(voice, said);
    case "smalltalk": {
      const names = { name: speaker.name[locale], company: speaker.company[locale] };
      return {
        text: t(`reply:smalltalk.${said.intent}`, names),
        choices: [],
        part: { kind: "smalltalk", intent: said.intent },
      };
    }
    case "out-of-scope":
      return outOfScope(voice, said);
    case "transcript":
      return {
        text: t("reply:notice.transcript", said),
        choices: [],
        part: { kind: "notice", about: "own" },
      };
    case "notice":
      return notice(voice, said, maxLength);
  }
}

/** Words for programs of several parts: the first's kind; of answers, the best clause of each part first. */
function combined(parts: readonly Part[]): Words {
  const [first] = parts;
  if (!first) throw new Error("a message has no parts");
  if (parts.length === 1) return first;
  if (first.kind !== "answer") return { ...first, parts: [...parts] };
  const answers = parts.flatMap((p) => (p.kind === "answer" ? [p] : []));
  const ordered = [
    ...answers.flatMap((p) => p.clauses.slice(0, 1)),
    ...answers.flatMap((p) => p.clauses.slice(1)),
  ];
  return { ...first, clauses: [...new Set(ordered)], parts: [...parts] };
}

const BETWEEN = "\n\n――――\n\n";

export function createRenderer({ texts, publicUrl, maxLength }: RenderOptions): Renderer {
  /** The line under every answer, with its dates in words: the same for a clause in a language. */
  const sources = new WeakMap<Speaker, Map<string, string>>();
  const sourceOf = (voice: Omit<Voice, "source">, clause: SpokenClause): string => {
    const known = sources.get(voice.speaker) ?? new Map<string, string>();
    const key = `${voice.locale} ${clause.id}`;
    const source = known.get(key) ?? sourceText(voice, clause);
    sources.set(voice.speaker, known.set(key, source));
    return source;
  };
  return {
    message(speaker, said, locale) {
      const who = { t: texts[locale], locale, speaker, publicUrl };
      const voice: Voice = { ...who, source: (clause) => sourceOf(who, clause) };
      const pieces = said.map((one) => pieceOf(voice, one, maxLength));
      // A number that is typed means a choice of the open question, whatever was said above it.
      const asks = ({ part }: Piece) => Number(part.kind === "ask" || part.kind === "review");
      const choices = pieces.toSorted((a, b) => asks(b) - asks(a)).flatMap((p) => p.choices);
      return {
        locale,
        text: pieces.map((p) => p.text).join(BETWEEN),
        ...(pieces.some((p) => p.sections)
          ? { sections: pieces.map((p) => p.sections ?? [{ role: "plain", text: p.text }]) }
          : {}),
        choices: choices.filter((c, i) => choices.findIndex((o) => o.command === c.command) === i),
        words: combined(pieces.map((p) => p.part)),
      };
    },
  };
}
