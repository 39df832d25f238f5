import type { Said } from "../said.ts";
import type { SpokenClause } from "../speaker.ts";
import { citationOf } from "./citation.ts";
import { outOfScope } from "./out-of-scope.ts";
import type { Piece, Voice } from "./piece.ts";

/** A clause, short answer first, with its source. Where the law has something to add, the two are told apart. */
export function answer(voice: Voice, said: Extract<Said, { kind: "answer" }>): Piece {
  const { t, locale, speaker } = voice;
  const shown = said.clauses.flatMap((id) => speaker.clause(id) ?? []);
  const [clause] = shown;
  if (!clause) return outOfScope(voice, { kind: "out-of-scope", reason: "silent", near: [] });
  const { short, simple, body } = clause.text[locale];
  const same = said.same ? [t("reply:same")] : [];
  if (said.whole && !said.plain) return whole(voice, said, clause);
  const policy = said.plain ? simple : `${short}\n\n${body}`;
  const law = speaker.law(`topic:${said.topic}`)?.[locale];
  const source = voice.source(clause);
  const blocks = law
    ? [`${t("reply:tag.policy")}\n${policy}`, `${t("reply:tag.law")}\n${law}`, source]
    : [policy, source];
  return {
    text: [...same, ...blocks].join("\n\n"),
    sections: [
      ...same.map((text) => ({ role: "plain" as const, text })),
      { role: "short", text: said.plain ? simple : short },
      ...(said.plain ? [] : [{ role: "full", text: body } as const]),
      ...(law ? [{ role: "law", text: law } as const] : []),
      { role: "source", text: source },
    ],
    choices: said.plain ? [] : [{ title: t("reply:choice.simpler"), command: "simpler" }],
    part: {
      kind: "answer",
      clauses: said.clauses,
      citations: shown.map((c) => citationOf(voice, c)),
      score: said.score,
    },
  };
}

/** The whole clause under its title: for whoever has read the short answer already. */
function whole(voice: Voice, said: Extract<Said, { kind: "answer" }>, clause: SpokenClause): Piece {
  const { t, locale } = voice;
  const { title, body } = clause.text[locale];
  const text = `${title}\n\n${body}`;
  const source = voice.source(clause);
  return {
    text: `${text}\n\n${source}`,
    sections: [
      { role: "plain", text },
      { role: "source", text: source },
    ],
    choices: [{ title: t("reply:choice.simpler"), command: "simpler" }],
    part: { kind: "answer", clauses: [clause.id], citations: [citationOf(voice, clause)], score: said.score },
  };
}
