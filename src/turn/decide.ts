import type { Ranking } from "../knowledge/ranking.ts";
import { topicOfRequest } from "../reply/pieces/request.ts";
import type { Said } from "../reply/said.ts";
import type { Option, SmalltalkIntent } from "../reply/words.ts";
import type { RequestType } from "../requests/request-type.ts";
import type { Intent } from "../understanding/intents.ts";

/** What a message may be, with its probability. */
interface Candidate {
  option: Omit<Option, "title">;
  probability: number;
  topic?: string;
}

/** Lines between answering, asking and refusing; found on examples kept out of training (`npm run eval`). */
export interface Lines {
  /** Refuse when this much says that nothing of ours was asked. */
  refuse: number;
  /** Answer without asking from here on. */
  sure: number;
  /** Ask below `sure` even when no other reading is close. */
  always?: true;
}

const LINES: Lines = { refuse: 0.5, sure: 0.42 };
/** For a message with one word of content or none ("and why is that?"): it says little by itself. */
export const VAGUE: Lines = { refuse: 0.6, sure: 0.68, always: true };

const NOT_OURS = new Set(["not-ours", "another-person", "legal-advice"]);

/** Clauses that are weighed against the other intents: of a policy with thousands, the best are enough. */
const MOST = 20;

/** Everything the message may mean, most probable first; what is no topic or request of ours is left to `refusal`. */
function candidates(ranking: Ranking, intents: readonly Intent[]): Candidate[] {
  const out: Candidate[] = ranking.clauses.slice(0, MOST).map((c) => ({
    option: { kind: "answer", id: c.clause },
    probability: c.probability,
    topic: c.topic,
  }));
  for (const { label, probability } of intents) {
    if (label.startsWith("topic:")) continue;
    const [kind, id] = label.split(":", 2) as [string, string?];
    if (kind === "request" && id) out.push({ option: { kind, id }, probability });
    else if (kind === "smalltalk" && id) out.push({ option: { kind, id }, probability });
    else if (kind === "handoff") out.push({ option: { kind, id: "handoff" }, probability });
  }
  return out.sort((a, b) => b.probability - a.probability);
}

function refusal(ranking: Ranking, intents: readonly Intent[]): { probability: number; said: Said } {
  const near = [...new Set(ranking.clauses.slice(0, 5).map((c) => c.topic))].slice(0, 3);
  const silent = ranking.silent.reduce((sum, s) => sum + s.probability, 0);
  const others = intents.filter((i) => NOT_OURS.has(i.label));
  const notOurs = others.reduce((sum, i) => sum + i.probability, 0);
  const probability = silent + notOurs;
  if (silent > notOurs) {
    const top = ranking.silent.toSorted((a, b) => b.probability - a.probability)[0];
    const clear = top !== undefined && top.probability > silent / 2;
    return {
      probability,
      said: { kind: "out-of-scope", reason: "silent", near, ...(clear ? { topic: top.topic } : {}) },
    };
  }
  const about = others[0]?.label;
  const closer = about === "another-person" || about === "legal-advice" ? ({ about } as const) : {};
  return { probability, said: { kind: "out-of-scope", reason: "not-ours", near, ...closer } };
}

function meaning(c: Candidate, ranking: Ranking, list: readonly Candidate[]): Said {
  const { kind, id } = c.option;
  switch (kind) {
    case "answer": {
      const more = ranking.clauses.filter((r) => r.clause !== id).slice(0, 4);
      const wish = list.find((o) => o.option.kind === "request")?.option.id as RequestType | undefined;
      const near = wish && topicOfRequest(wish) === c.topic;
      return {
        kind,
        clauses: [id, ...more.filter((r) => r.probability > 0.05).map((r) => r.clause)],
        topic: c.topic ?? "",
        score: Math.round(c.probability * 1000) / 1000,
        ...(near ? { wish } : {}),
      };
    }
    case "request":
      return { kind, request: id as RequestType };
    case "smalltalk":
      return { kind, intent: id as SmalltalkIntent };
    case "handoff":
      return { kind };
    case "out-of-scope":
      return { kind, reason: "not-ours", near: [] };
  }
}

/**
 * Decides what to say to one question: answer when sure, ask when a few readings are close, refuse honestly when
 * nothing of ours fits. Asking pays when the second and third reading together weigh more than the first.
 */
export function decide(
  ranking: Ranking,
  intents: readonly Intent[],
  lines: Lines = LINES,
): { said: Said; sure: number } {
  const list = candidates(ranking, intents);
  const refuse = refusal(ranking, intents);
  const [first, second, third] = list;
  if (!first || refuse.probability >= lines.refuse) return { said: refuse.said, sure: refuse.probability };
  const rest = (second?.probability ?? 0) + (third?.probability ?? 0);
  const close = rest > first.probability || refuse.probability > first.probability;
  const ask = first.probability < lines.sure && (close || lines.always === true);
  if (!ask) return { said: meaning(first, ranking, list), sure: first.probability };
  const options = list
    .slice(0, 3)
    .filter((c) => c.probability > 0.03)
    .map((c) => c.option);
  if (options.length < 2) return { said: meaning(first, ranking, list), sure: first.probability };
  return { said: { kind: "clarify", options }, sure: first.probability };
}
