import { localeOf } from "../reply/locale.ts";
import type { Brain, Talk } from "../turn/talk.ts";
import { mark } from "./mark.ts";
import type { Question } from "./question.ts";
import type { Marked } from "./report.ts";

/** Puts every question to the brain, as a chat would, and marks what it says. */
export function evaluate(brain: Brain, questions: readonly Question[]): Marked[] {
  return questions.map((question) => {
    let talk: Talk = { locale: localeOf(question.locale) ?? "ja" };
    for (const text of question.before) talk = brain.respond(question.operator, talk, { text }).talk;
    const words = brain.respond(question.operator, talk, { text: question.text }).messages[0]?.words ?? {
      kind: "notice",
    };
    return {
      question,
      mark: mark(question, words),
      score: words.kind === "answer" ? words.score : undefined,
    };
  });
}
