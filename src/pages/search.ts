import type { Operator } from "../knowledge/operator.ts";
import type { Locale } from "../reply/locale.ts";
import type { Part } from "../reply/words.ts";
import type { Brain } from "../turn/talk.ts";

/** What the chat's own engine makes of a question. */
export interface Found {
  question: string;
  /** Clauses that answer, best first; ids of this operator. */
  clauses: string[];
  /** What the desk says where no clause answers; lines separated by "\n". */
  reply: string;
  /** Whether it only guesses: the clauses are what may have been meant. */
  unsure: boolean;
}

/** A search files nothing: its talk ends with it. */
const NOWHERE = { now: 0, random: (bytes: number) => new Uint8Array(bytes) };

/** Searches a policy by the engine of the chat: the same ranking, and the same refusal. */
export async function search(
  brain: Brain,
  operator: Operator,
  question: string,
  locale: Locale,
): Promise<Found> {
  const { messages } = await brain.respond(operator.id, { locale }, { text: question }, NOWHERE);
  const [message] = messages;
  const parts: Part[] = message ? (message.words.parts ?? [message.words]) : [];
  const clauses = parts.flatMap((part) => {
    if (part.kind === "answer") return part.clauses;
    return part.kind === "clarify" ? part.clarify.filter((o) => o.kind === "answer").map((o) => o.id) : [];
  });
  const known = new Set(operator.clauses.map((c) => c.id));
  return {
    question,
    clauses: [...new Set(clauses)].filter((id) => known.has(id)),
    // Of a request only what it is: its questions are asked in the chat.
    reply: (message?.words.kind === "request" ? message.sections?.[0]?.[0]?.text : message?.text) ?? "",
    unsure: !parts.some((part) => part.kind === "answer"),
  };
}
