import type { Locale } from "../../reply/locale.ts";
import type { Said } from "../../reply/said.ts";
import type { Speaker } from "../../reply/speaker.ts";
import type { Command, OwnCommand } from "../../understanding/command.ts";
import type { Talk } from "../talk.ts";

/** What is said to a command that is about the desk's words, and the language of the talk from then on. */
export function commanded(
  command: Exclude<Command, OwnCommand>,
  talk: Talk,
  speaker: Speaker,
): { said: Said[]; locale: Locale } {
  const { locale, last } = talk;
  const say = (...said: Said[]) => ({ said, locale });
  const again = (other: Said, as: (said: Said) => Said = fresh) => talk.said?.map(as) ?? [other];
  const nothing: Said = { kind: "notice", notice: "nothing-said" };
  switch (command.do) {
    case "clause": {
      const clause = speaker.clause(command.clause);
      if (!clause) return say(silent);
      return say({ kind: "answer", clauses: [clause.id], topic: speaker.topicOf(clause.id), score: 1 });
    }
    case "full": {
      const id = command.clause ?? last?.clauses[0];
      if (id === undefined) return say(nothing);
      if (!speaker.clause(id)) return say(silent);
      const topic = (id === last?.clauses[0] && last.topic) || speaker.topicOf(id);
      return say({ kind: "answer", clauses: [id], topic, score: 1, whole: true });
    }
    case "rules":
      return say(command.request ? { kind: "rules", request: command.request } : nothing);
    case "topics":
    case "requests":
      return say({ kind: "notice", notice: command.do });
    case "request":
      return say({ kind: "request", request: command.request });
    case "smalltalk":
      return say({ kind: "smalltalk", intent: command.intent });
    case "handoff":
      return say({ kind: "handoff" });
    case "none":
      return say({ kind: "out-of-scope", reason: "not-ours", near: [] });
    case "unhelpful":
      return say({ kind: "notice", notice: "unhelpful" });
    case "repeat":
      return say(...again(nothing));
    case "simpler":
      return say(...again(nothing, plainer));
    case "language":
      return { said: again({ kind: "notice", notice: "language" }), locale: command.locale };
  }
}

/** Said to the name of a clause that this operator does not have. */
const silent: Said = { kind: "out-of-scope", reason: "silent", near: [] };

const plainer = (said: Said): Said => (said.kind === "answer" ? { ...said, plain: true, same: false } : said);

/** Said once more on purpose: nobody need be told that it is the same. */
function fresh(said: Said): Said {
  if (said.kind !== "answer") return said;
  const { same: _, ...rest } = said;
  return rest;
}
