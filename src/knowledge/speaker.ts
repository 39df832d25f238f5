import type { Speaker } from "../reply/speaker.ts";
import type { Content } from "./content.ts";
import type { Operator } from "./operator.ts";

/** An operator as the replies need it. */
export function speakerOf(
  operator: Operator,
  content: Pick<Content, "topics" | "law" | "procedures">,
): Speaker {
  const byId = new Map(operator.clauses.map((c) => [c.id, c]));
  const about = new Map<string, string>();
  const places = Math.max(0, ...operator.clauses.map((c) => c.topics.length));
  for (let place = 0; place < places; place++) {
    for (const c of operator.clauses) {
      const topic = c.topics[place];
      if (topic && !about.has(topic)) about.set(topic, c.id);
    }
  }
  return {
    id: operator.id,
    name: operator.name,
    company: operator.company,
    contact: operator.contact,
    source: operator.source,
    requests: { ...operator.requests, guardianBelow: operator.requests.guardianBelow?.age },
    draftDays: operator.retention.draftDays,
    procedure: (id) => content.procedures.get(id),
    clause: (id) => byId.get(id),
    topicOf: (id) => byId.get(id)?.topics[0] ?? "",
    clauseAbout: (topic) => about.get(topic),
    topicTitle: (id) => content.topics.get(id)?.title,
    law: (key) => content.law.get(key),
  };
}
