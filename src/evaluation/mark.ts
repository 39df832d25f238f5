import type { Words } from "../reply/words.ts";
import type { Question } from "./question.ts";

/** How one answer is marked. A clarification that offers a right choice counts one half. */
export interface Mark {
  right: number;
  top3: number;
  refused: boolean;
  /** What was said, for the list of confusions: `answer call-recording`. */
  said: string;
}

interface Reading {
  kind: string;
  ids: readonly string[];
  credit: number;
}

const CONTACT = ["contact", "policy-contact", "complaints"];

/** Ids that an answer gives, best first. */
function idsOf(words: Words): string[] {
  switch (words.kind) {
    case "answer":
      return words.clauses;
    case "request":
      return [words.request];
    case "handoff":
      return ["handoff"];
    case "smalltalk":
      return [words.intent];
    case "clarify":
    case "out-of-scope":
    case "notice":
    case "ask":
    case "review":
    case "receipt":
    case "status":
      return [];
  }
}

/**
 * Marks one answer by the rules of the question files: right when the kind is right and the first id is gold;
 * `needs=all` wants every gold id among the first three; `alt=kind:id` is a second right reading; a contact clause in
 * place of a silence that the policy keeps counts one half.
 */
export function mark(question: Question, words: Words): Mark {
  const { kind, gold, note } = question;
  const readings: Reading[] = [{ kind, ids: gold, credit: 1 }];
  for (const [, k = "", id = ""] of note.matchAll(/alt=([a-z-]+):([a-z-]+)/g))
    readings.push({ kind: k, ids: [id], credit: 1 });
  if (note.includes("policy silent")) readings.push({ kind: "answer", ids: CONTACT, credit: 0.5 });
  const ids = idsOf(words);
  const fits = (r: Reading, k: string, list: readonly string[]) =>
    r.kind === k && (k === "out-of-scope" || list.some((id) => r.ids.includes(id)));
  let right = 0;
  let top3 = 0;
  for (const [n, r] of readings.entries()) {
    if (words.kind === "clarify") {
      const offered = words.clarify.slice(0, 3).some((o) => fits(r, o.kind, [o.id]));
      right = Math.max(right, offered ? 0.5 : 0);
      top3 = Math.max(top3, offered ? 1 : 0);
      continue;
    }
    const all = n === 0 && note.includes("needs=all");
    const hit = all
      ? r.kind === words.kind && r.ids.every((id) => ids.slice(0, 3).includes(id))
      : fits(r, words.kind, ids.slice(0, 1));
    right = Math.max(right, hit ? r.credit : 0);
    top3 = Math.max(top3, fits(r, words.kind, ids.slice(0, 3)) ? 1 : 0);
  }
  const said =
    words.kind === "clarify"
      ? `clarify ${words.clarify.map((o) => o.id).join(" ")}`
      : `${words.kind} ${ids.slice(0, 1).join("")}`.trim();
  return { right, top3, refused: words.kind === "out-of-scope", said };
}
