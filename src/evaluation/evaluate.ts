import { localeOf } from "../reply/locale.ts";
import { alone } from "../turn/alone.ts";
import type { Brain, Talk } from "../turn/talk.ts";
import { mark } from "./mark.ts";
import type { Question } from "./question.ts";
import type { Marked } from "./report.ts";

/** Puts every question to the brain, as a chat would, and marks what it says. */
export async function evaluate(brain: Brain, questions: readonly Question[]): Promise<Marked[]> {
  const desk = alone(brain, { now: () => 0, random: (bytes) => new Uint8Array(bytes) });
  const marked: Marked[] = [];
  for (const question of questions) {
    let talk: Talk = { locale: localeOf(question.locale) ?? "ja" };
    for (const text of question.before) talk = (await desk.respond(question.operator, talk, { text })).talk;
    const { messages } = await desk.respond(question.operator, talk, { text: question.text });
    const words = messages[0]?.words ?? { kind: "notice" };
    marked.push({
      question,
      mark: mark(question, words),
      score: words.kind === "answer" ? words.score : undefined,
    });
  }
  return marked;
}
